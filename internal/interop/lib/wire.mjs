// A loopback proxy that passes everything on unchanged and notes the MCP messages that went through.
import http from 'node:http';

/** Between one client and the service: what was said is in `exchanges`, oldest first. */
export async function openWire(target) {
  const { host, hostname, port } = new URL(target);
  const exchanges = [];
  const server = http.createServer((request, response) => {
    const sent = [];
    request.on('data', (chunk) => sent.push(chunk));
    const headers = { ...request.headers, host };
    const onward = http.request({ hostname, port, path: request.url, method: request.method, headers }, (answer) => {
      const received = [];
      response.writeHead(answer.statusCode, answer.rawHeaders);
      response.flushHeaders();
      answer.on('data', (chunk) => received.push(chunk));
      answer.on('end', () => exchanges.push(note(request, sent, answer, received)));
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = new URL(target);
  url.port = server.address().port;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => { server.close(resolve); });
  };
  return { url: url.href, exchanges, close };
}

function note(request, sent, answer, received) {
  const text = Buffer.concat(received).toString('utf8');
  return {
    http: request.method,
    status: answer.statusCode,
    version: request.headers['mcp-protocol-version'],
    request: parse(Buffer.concat(sent).toString('utf8')),
    // Of a stream the last event is the answer.
    response: parse(text.startsWith('{') ? text : text.split('\n').findLast((line) => line.startsWith('data:'))?.slice(5)),
  };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The revision that client and service settled on. */
export function negotiated(exchanges) {
  const listing = exchanges.findLast((e) => e.request?.method === 'tools/list' && e.response?.result);
  const modern = listing?.request.params?._meta?.['io.modelcontextprotocol/protocolVersion'];
  if (modern) return `${modern} (modern)`;
  const handshake = exchanges.findLast((e) => e.request?.method === 'initialize' && e.response?.result);
  return handshake ? `${handshake.response.result.protocolVersion} (legacy)` : '';
}
