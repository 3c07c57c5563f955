// The story of the README, told by the clients that front ends use: node story.mjs http://127.0.0.1:5080/graphql
// Graph and Worker run as two processes on a fresh demo database.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient as createEventStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.argv[2];
const caller = { Authorization: 'Bearer demo-manager', 'X-Site-Id': 'PLANT' };
const notifications = 'subscription ($after: String) { notificationReceived(after: $after) { cursor notification { severity title body } } }';

async function ask(query, variables) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...caller, 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** Listens over a transport, and keeps what arrives. */
function listen(client, after) {
  const heard = [];
  let failed;
  client.subscribe({ query: notifications, variables: { after } }, {
    next: ({ data, errors }) => errors ? failed = errors : heard.push(data.notificationReceived),
    error: error => failed = error,
    complete: () => {},
  });
  return {
    get news() { return heard.filter(message => message.notification); },
    async until(enough, what, patience = 20_000) {
      for (const end = Date.now() + patience; Date.now() < end; await wait(10)) {
        assert.equal(failed, undefined, JSON.stringify(failed));
        if (enough(heard)) return heard;
      }
      assert.fail(`${what} did not come`);
    },
  };
}

const transports = {
  'graphql-ws': () => createSocket({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams: caller, retryAttempts: 0 }),
  'graphql-sse': () => createEventStream({ url, headers: caller, retryAttempts: 0 }),
};

// Read.
const { workOrders } = await ask(`{
  workOrders(first: 50) { nodes { code title asset { name location { path } } technicians { fullName } parts { quantity part { name } } } }
}`);
assert.equal(workOrders.nodes.length, 50);
assert.ok(workOrders.nodes.every(order => order.asset.location.path), 'every order has an asset in a place');
assert.ok(workOrders.nodes.some(order => order.parts.length > 0), 'some orders need parts');

// Listen.
const clients = Object.entries(transports).map(([name, open]) => ({ name, client: open() }));
for (const one of clients) {
  one.first = listen(one.client);
  one.start = (await one.first.until(heard => heard.length > 0, `the first cursor over ${one.name}`))[0].cursor;
}

// Act.
const { part } = await ask('{ part(number: "FL_A") { id available minimum desired onOrder } }');
assert.equal(Number(part.available), 10);
const { issuePart } = await ask(`mutation ($id: ID!) {
  issuePart(input: { id: $id, quantity: 6 }) { part { available } errors { __typename ... on Error { code message } } }
}`, { id: part.id });
const answered = Date.now();
assert.ok(!issuePart.errors?.length, JSON.stringify(issuePart.errors));
assert.equal(Number(issuePart.part.available), 4);

// Without polling, both hear of it, with the reason.
for (const one of clients) {
  await one.first.until(heard => heard.some(message => message.notification), `the notification over ${one.name}`);
  const [{ notification, cursor }] = one.first.news;
  assert.equal(notification.title, 'Low stock: Air Filter');
  assert.match(notification.body, /4 of Air Filter are available, the minimum is 5; 12 are desired and 0 on order, so 8 are ordered/);
  one.last = cursor;
}
const milliseconds = Date.now() - answered;

// What is missing is ordered: desired - available - on order.
const { purchaseRequests } = await ask('{ purchaseRequests(first: 1) { nodes { code status explanation vendor { name } lines { quantity part { number } } } } }');
const [request] = purchaseRequests.nodes;
assert.equal(request.status, 'REQUESTED');
assert.deepEqual(request.lines.map(line => [line.part.number, Number(line.quantity)]), [['FL_A', 12 - 4 - 0]]);
assert.match(request.explanation, /so 8 are ordered from Summit HVAC & Refrigeration/);

// Back after a break: with 'after' nothing is missed and nothing comes twice.
for (const one of clients) {
  await one.client.dispose();
  const client = transports[one.name]();
  const missed = listen(client, one.start), nothing = listen(client, one.last);
  await missed.until(() => missed.news.length > 0, `what was missed over ${one.name}`);
  await wait(1_000);
  assert.deepEqual([missed.news.length, nothing.news.length], [1, 0]);
  await client.dispose();
}

console.log(`${request.code}: ${request.explanation} Told after ${milliseconds} ms.`);
