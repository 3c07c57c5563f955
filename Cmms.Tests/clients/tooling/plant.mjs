// What the clients here have in common: where the demo plant is, who asks, and how to wait.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

export const url = process.argv[2];
export const socketUrl = url.replace('http', 'ws');
export const caller = (key = 'demo-manager') => ({ Authorization: `Bearer ${key}`, 'X-Site-Id': 'PLANT' });

/** Counts what goes over the wire, so that a test can say that nothing did. */
export function counted() {
  const sent = [];
  const fetching = async (address, init) => {
    sent.push(init.body ? JSON.parse(init.body) : Object.fromEntries(new URL(address).searchParams));
    return fetch(address, init);
  };
  return { sent, fetch: fetching };
}

/** Asks as somebody else at another screen would. */
export async function ask(query, variables, key = 'demo-admin') {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...caller(key), 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

export async function until(holds, what, patience = 30_000) {
  for (const end = Date.now() + patience; Date.now() < end; await wait(10)) if (holds()) return;
  assert.fail(`${what} did not come`);
}

/** A work order of this test's own. */
export async function newOrder(title) {
  const { createWorkOrder } = await ask(
    'mutation ($input: CreateWorkOrderInput!) { createWorkOrder(input: $input) { workOrder { id title phase } errors { ... on Error { message } } } }',
    { input: { title, type: 'CORRECTIVE' } });
  assert.equal(createWorkOrder.errors, null, JSON.stringify(createWorkOrder.errors));
  return createWorkOrder.workOrder;
}

export const start = id => ask('mutation ($id: ID!) { startWorkOrder(input: { id: $id }) { workOrder { phase } errors { ... on Error { message } } } }', { id })
  .then(({ startWorkOrder: { errors } }) => assert.equal(errors, null, JSON.stringify(errors)));

/** A part of this test's own, with ten in stock. */
export async function newPart(name) {
  const { createPart } = await ask(
    'mutation ($input: CreatePartInput!) { createPart(input: $input) { part { id name available } errors { ... on Error { message } } } }', { input: { name, onHand: 10 } });
  assert.equal(createPart.errors, null, JSON.stringify(createPart.errors));
  return createPart.part;
}

/** Many parts of this test's own, in one request. */
export const newParts = names => ask(`mutation { ${names.map((name, i) => `p${i}: createPart(input: { name: "${name}" }) { part { id } }`).join(' ')} }`)
  .then(created => Object.values(created).map(({ part }) => part.id));
