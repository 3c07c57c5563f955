// graphql-ws and graphql-sse against the running server: node streams.mjs http://127.0.0.1:5080/graphql
import assert from 'node:assert/strict';
import { createClient as createEventStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';
import { caller, newOrder, socketUrl, start, until, url } from './plant.mjs';

const CHANGED = 'subscription ($id: ID, $after: String) { workOrderChanged(id: $id, after: $after) { cursor event { type } workOrder { id phase } } }';
const hold = id => `mutation { holdWorkOrder(input: { id: "${id}", reason: "Waiting for a part" }) { workOrder { phase } errors { ... on Error { message } } } }`;

const transports = {
  'graphql-ws': (key, options) => createSocket({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: caller(key), ...options }),
  'graphql-sse': (key, options) => createEventStream({ url, headers: caller(key), ...options }),
};

/** Without 'after' the first message has a cursor only; a change that was under way may follow at once. */
function listen(client, request) {
  const heard = { messages: [], failed: undefined, completed: false };
  heard.stop = client.subscribe(request, {
    next: ({ data, errors }) => errors ? heard.failed = errors : heard.messages.push(Object.values(data)[0]),
    error: error => heard.failed = error,
    complete: () => heard.completed = true,
  });
  return heard;
}

/** What the client is told when a request cannot be served. */
async function refusal(client, request) {
  const heard = listen(client, request);
  await until(() => heard.failed, 'a refusal');
  assert.deepEqual(heard.messages, []);
  await client.dispose();
  return heard.failed;
}

/** The code of an error in whatever shape a transport tells it. */
const code = failed => (failed.extensions ?? failed[0]?.extensions ?? failed.errors?.[0]?.extensions)?.code;

for (const [name, open] of Object.entries(transports)) {
  // Queries and mutations go over the same connection.
  const client = open('demo-manager', { retryAttempts: 0 });
  const answered = listen(client, { query: '{ me { id } }' });
  await until(() => answered.completed, `an answer over ${name}`);
  assert.ok(answered.messages[0].id);

  // What happened while nobody listened is told in order, once.
  const order = await newOrder(`${name} listens`);
  const first = listen(client, { query: CHANGED, variables: { id: order.id } });
  await until(() => first.messages.length > 0, `the first cursor over ${name}`);
  assert.equal(first.messages[0].event, null);
  await start(order.id);
  await until(() => first.messages.some(message => message.event?.type === 'WorkOrderStarted'), `the start over ${name}`);
  const last = first.messages.at(-1).cursor;
  first.stop();
  await until(() => first.completed, 'the end that was asked for');

  const held = listen(client, { query: hold(order.id) });
  await until(() => held.completed, 'the hold');
  assert.equal(held.messages[0].errors, null, JSON.stringify(held.messages[0]));
  const back = listen(client, { query: CHANGED, variables: { id: order.id, after: last } });
  await until(() => back.messages.some(message => message.workOrder.phase === 'ON_HOLD'), `what was missed over ${name}`);
  assert.ok(back.messages.every(message => message.event), 'with after, every message is an event');
  assert.equal(new Set(back.messages.map(message => message.cursor)).size, back.messages.length);
  assert.ok(!back.messages.some(message => message.event.type === 'WorkOrderStarted'), 'nothing comes twice');
  back.stop();
  await client.dispose();

  // What cannot be served is said as the protocol has it.
  assert.equal(code(await refusal(open('demo-manager', { retryAttempts: 0 }), { query: 'subscription { nothing { id } }' })), 'GRAPHQL_VALIDATION_FAILED');
  assert.equal(code(await refusal(open('demo-manager', { retryAttempts: 0 }), { query: CHANGED, variables: { after: 'no cursor' } })), 'BAD_USER_INPUT');
  assert.equal(code(await refusal(open('demo-requester', { retryAttempts: 0 }), { query: 'subscription { policyFired { cursor } }' })), 'FORBIDDEN');
  const stranger = await refusal(open('nobody', { retryAttempts: 0 }), { query: CHANGED });
  if (name === 'graphql-ws') assert.equal(stranger.code, 4403);
  else assert.equal(stranger.response?.status, 401, `${stranger}`);
}

// A cut socket is opened again by the client itself; the application asks on from its last cursor.
let sockets = 0, cut;
const client = transports['graphql-ws']('demo-manager', { retryAttempts: 5, retryWait: async () => {}, on: { connected: socket => { sockets++; cut = () => socket.terminate(); } } });
const order = await newOrder('A cable is pulled');
const heard = listen(client, { query: CHANGED, variables: { id: order.id } });
await until(() => heard.messages.length > 0, 'the first cursor');
cut();
await until(() => sockets === 2 && heard.messages.filter(message => !message.event).length === 2, 'the second connection');
await start(order.id);
await until(() => heard.messages.some(message => message.workOrder?.phase === 'IN_PROGRESS'), 'the change on the second connection');
heard.stop();
const missed = listen(client, { query: CHANGED, variables: { id: order.id, after: heard.messages[0].cursor } });
await until(() => missed.messages.some(message => message.event.type === 'WorkOrderStarted'), 'what happened since the first cursor');
missed.stop();
await client.dispose();
console.log('graphql-ws and graphql-sse: heard, missed, refused and reconnected.');
