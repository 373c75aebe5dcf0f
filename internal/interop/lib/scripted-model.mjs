// A model server on loopback that always says the same: call these tools one after the other, then "done".
// It speaks as much of three vendors' APIs as their agents need, and keeps what the tools answered. No key, no network.
import http from 'node:http';
import { text } from 'node:stream/consumers';

/** Starts it. `tools` and `answers` fill up while the agent works. */
export async function openScriptedModel(calls) {
  const model = { tools: new Set(), answers: [] };
  const server = http.createServer(async (request, response) => {
    const body = await text(request);
    const api = Object.values(APIS).find(({ path }) => path.test(request.url));
    if (request.method !== 'POST' || !api) {
      response.writeHead(request.url.includes('models') ? 200 : 404, { 'content-type': 'application/json' }).end('{"data":[]}');
      return;
    }
    const message = JSON.parse(body);
    const offered = api.tools(message);
    offered.forEach((name) => model.tools.add(name));
    model.answers = api.answers(message);
    // Agents ask for a title or a topic as well, without tools: those get a word.
    const call = offered.length > 0 ? calls[model.answers.length] : undefined;
    const name = call && offered.find((offer) => offer === call.tool || offer.endsWith(`_${call.tool}`));
    api.reply(response, message, name && { name, arguments: call.arguments, id: `call_${model.answers.length}` }, request.url);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  model.url = `http://127.0.0.1:${server.address().port}`;
  model.report = (ownName) => ({ tools: [...model.tools].filter((name) => ownName(name) !== undefined).map(ownName), answers: model.answers });
  return model;
}

function events(response, list) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  list.forEach(({ event, data }) => response.write(`${event ? `event: ${event}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`));
  response.end();
}

function whole(response, message) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
}

/** Of a text or a list of text parts, the text. */
function flat(content) {
  return Array.isArray(content) ? content.map((part) => part.text ?? '').join('') : content;
}

const openAi = {
  path: /\/chat\/completions/,
  tools: (message) => (message.tools ?? []).map((tool) => tool.function.name),
  answers: (message) => message.messages.filter(({ role }) => role === 'tool').map(({ content }) => flat(content)),
  reply(response, message, call) {
    const said = call
      ? { role: 'assistant', content: null, tool_calls: [{ index: 0, id: call.id, type: 'function', function: { name: call.name, arguments: JSON.stringify(call.arguments) } }] }
      : { role: 'assistant', content: 'done' };
    const finish = call ? 'tool_calls' : 'stop';
    const base = { id: 'c1', created: 1, model: message.model };
    if (!message.stream) {
      whole(response, { ...base, object: 'chat.completion', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }, choices: [{ index: 0, finish_reason: finish, message: said }] });
      return;
    }
    const chunk = (delta, reason) => ({ data: { ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] } });
    events(response, [chunk(said, null), chunk({}, finish), { data: '[DONE]' }]);
  },
};

const anthropic = {
  path: /\/v1\/messages(\?|$)/,
  tools: (message) => (message.tools ?? []).map((tool) => tool.name),
  answers: (message) => message.messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .filter(({ type }) => type === 'tool_result').map(({ content }) => flat(content)),
  reply(response, message, call) {
    const block = call ? { type: 'tool_use', id: `toolu_${call.id}`, name: call.name, input: call.arguments } : { type: 'text', text: 'done' };
    const reason = call ? 'tool_use' : 'end_turn';
    const base = { id: 'msg_1', type: 'message', role: 'assistant', model: message.model, usage: { input_tokens: 1, output_tokens: 1 } };
    if (!message.stream) {
      whole(response, { ...base, content: [block], stop_reason: reason, stop_sequence: null });
      return;
    }
    const event = (type, rest) => ({ event: type, data: { type, ...rest } });
    const delta = call ? { type: 'input_json_delta', partial_json: JSON.stringify(call.arguments) } : { type: 'text_delta', text: 'done' };
    events(response, [
      event('message_start', { message: { ...base, content: [], stop_reason: null, stop_sequence: null } }),
      event('content_block_start', { index: 0, content_block: call ? { ...block, input: {} } : { type: 'text', text: '' } }),
      event('content_block_delta', { index: 0, delta }),
      event('content_block_stop', { index: 0 }),
      event('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 1 } }),
      event('message_stop', {}),
    ]);
  },
};

const gemini = {
  path: /:(streamG|g)enerateContent/,
  tools: (message) => (message.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []).map((tool) => tool.name),
  answers: (message) => message.contents.flatMap(({ parts }) => parts).filter((part) => part.functionResponse)
    .map((part) => part.functionResponse.response),
  reply(response, message, call, url) {
    const part = call ? { functionCall: { name: call.name, args: call.arguments } } : { text: 'done' };
    const answer = {
      candidates: [{ index: 0, finishReason: 'STOP', content: { role: 'model', parts: [part] } }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
    if (url.includes(':stream')) events(response, [{ data: answer }]);
    else whole(response, answer);
  },
};

const APIS = { openAi, anthropic, gemini };
