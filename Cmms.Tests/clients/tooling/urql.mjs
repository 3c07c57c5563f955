// urql with its normalized cache against the running server: node urql.mjs http://127.0.0.1:5080/graphql
import assert from 'node:assert/strict';
import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ask, caller, counted, newOrder, newPart, newParts, socketUrl, start, until, url } from './plant.mjs';

const schema = await ask(getIntrospectionQuery({ descriptions: false, specifiedByUrl: true, inputValueDeprecation: true, schemaDescription: true, oneOf: true }));

const complaints = [];
const wire = counted();
const socket = createClient({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: caller() });
const client = new Client({
  url,
  preferGetMethod: false,
  fetch: wire.fetch,
  fetchOptions: { headers: caller() },
  exchanges: [
    cacheExchange({
      schema,
      keys: { Policy: policy => policy.key, InsufficientStockError: () => null },
      resolvers: { Query: { parts: relayPagination() } },
      logger: (severity, message) => complaints.push(`${severity}: ${message}`),
    }),
    fetchExchange,
    subscriptionExchange({ forwardSubscription: ({ query, variables }) => ({ subscribe: sink => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }) }) }),
  ],
});

function show(query, variables) {
  const shown = { data: undefined, error: undefined };
  shown.stop = client.query(query, variables).subscribe(result => Object.assign(shown, { data: result.data, error: result.error })).unsubscribe;
  return shown;
}

// The screen follows a mutation by the ids in its payload.
const part = await newPart('urql belt');
const screen = show(gql`query Part($id: ID!) { part(id: $id) { id name available } }`, { id: part.id });
await until(() => screen.data?.part, 'the part');
const asked = wire.sent.length;
const ISSUE = gql`mutation Issue($input: IssuePartInput!) {
  issuePart(input: $input) { part { id available } errors { __typename ... on Error { code message path } ... on InsufficientStockError { requested available } } }
}`;
const issued = await client.mutation(ISSUE, { input: { id: part.id, quantity: 3 } }).toPromise();
assert.equal(issued.error, undefined);
assert.equal(issued.data.issuePart.errors, null);
await until(() => screen.data.part.available === 7, 'the new figure on the screen');
assert.equal(wire.sent.length, asked + 1, 'the mutation was the only request');

// Typed errors, and errors with codes.
const refused = await client.mutation(ISSUE, { input: { id: part.id, quantity: 50 } }).toPromise();
assert.equal(refused.error, undefined);
assert.deepEqual([refused.data.issuePart.errors[0].__typename, refused.data.issuePart.errors[0].requested, refused.data.issuePart.errors[0].available], ['InsufficientStockError', 50, 7]);
const wrong = await client.query(gql`query TooMany { vendors(first: 1000) { nodes { id } } }`, {}).toPromise();
assert.equal(wrong.error.graphQLErrors[0].extensions.code, 'BAD_USER_INPUT');

// Pages join into one list, whatever is written between them.
const LIST = gql`query Parts($first: Int!, $after: String, $where: PartFilterInput) {
  parts(first: $first, after: $after, where: $where, order: [{ name: DESC }]) { edges { node { id name } } pageInfo { hasNextPage endCursor hasPreviousPage startCursor } }
}`;
const all = await newParts(Array.from({ length: 25 }, (_, i) => `urql row ${i % 9}`));
let list, after;
do {
  list = await client.query(LIST, { first: 6, after, where: { name: { startsWith: 'urql row' } } }).toPromise();
  assert.equal(list.error, undefined, `${list.error}`);
  await newParts([`urql row ${after ? 8 : 3}`]);
  after = list.data.parts.pageInfo.endCursor;
} while (list.data.parts.pageInfo.hasNextPage);
const seen = list.data.parts.edges.map(edge => edge.node.id);
assert.equal(new Set(seen).size, seen.length, 'nothing came twice');
assert.deepEqual(all.filter(id => !seen.includes(id)), [], 'nothing was skipped');

// Live over the socket, into the same cache.
const order = await newOrder('urql listens');
const detail = show(gql`query Order($id: ID!) { workOrder(id: $id) { id title phase } }`, { id: order.id });
await until(() => detail.data?.workOrder, 'the order');
let cursor;
const listening = client.subscription(gql`subscription Changed($id: ID!) { workOrderChanged(id: $id) { cursor event { id type } workOrder { id phase } } }`, { id: order.id })
  .subscribe(({ data, error }) => { assert.equal(error, undefined); cursor = data.workOrderChanged.cursor; });
await until(() => cursor, 'the first cursor');
await start(order.id);
await until(() => detail.data.workOrder.phase === 'IN_PROGRESS', 'the change that somebody else made');

listening.unsubscribe();
screen.stop();
detail.stop();
await socket.dispose();
assert.deepEqual(complaints, [], 'the cache understands the schema');
console.log(`urql: ${wire.sent.length} requests, ${seen.length} parts in pages.`);
