// Scenarios that do not pass, with the reason. One that passes all the same is an error too: take it out then.

const TASKS = 'the tasks extension is not offered';
// They ask the client while a call runs. That takes a connection or a node that remembers the call, which the guard does
// without; a client of 2026-07-28 is asked in the answer instead. The call is refused with -32602 and a sentence that says so.
const ASKS = 'the server would have to send a request to the client; refused';

export const expectedFailures = new Map(Object.entries({
  '2026-07-28': new Map([
    ['tasks-lifecycle', TASKS],
    ['tasks-capability-negotiation', TASKS],
    ['tasks-wire-fields', TASKS],
    ['tasks-request-state-removal', TASKS],
    ['tasks-mrtr-input', TASKS],
    ['tasks-request-headers', TASKS],
    ['tasks-dispatch-and-envelope', TASKS],
    ['tasks-required-task-error', TASKS],
    ['tasks-mrtr-composition', TASKS],
  ]),
  '2025-11-25': new Map([
    ['tools-call-sampling', ASKS],
    ['tools-call-elicitation', ASKS],
    ['elicitation-sep1034-defaults', ASKS],
    ['elicitation-sep1330-enums', ASKS],
  ]),
}));
