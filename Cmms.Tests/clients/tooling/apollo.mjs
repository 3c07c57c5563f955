// Apollo Client against the running server: node apollo.mjs http://127.0.0.1:5080/graphql
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition, relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ask, caller, counted, newOrder, newPart, newParts, socketUrl, start, until, url } from './plant.mjs';

const isSubscription = ({ query }) => {
  const definition = getMainDefinition(query);
  return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
};

// Fragments on interfaces and unions need the possible types: from introspection, as Apollo's documentation has it.
const { __schema } = await ask('{ __schema { types { kind name possibleTypes { name } } } }');
const possibleTypes = Object.fromEntries(__schema.types.filter(type => type.possibleTypes).map(type => [type.name, type.possibleTypes.map(possible => possible.name)]));
assert.ok(possibleTypes.Error.includes('InsufficientStockError') && possibleTypes.Node.includes('WorkOrder'));

const wire = counted();
const socket = createClient({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: caller() });
const client = new ApolloClient({
  link: ApolloLink.split(isSubscription, new GraphQLWsLink(socket), new HttpLink({ uri: url, headers: caller(), fetch: wire.fetch })),
  cache: new InMemoryCache({
    possibleTypes,
    typePolicies: { Query: { fields: { parts: relayStylePagination(['where', 'order', 'search']), workOrders: relayStylePagination(['where', 'order', 'search']) } } },
  }),
});

/** What a component would be showing. */
function show(options) {
  const shown = { data: undefined };
  shown.subscription = client.watchQuery(options).subscribe(result => shown.data = result.data);
  return shown;
}

// A mutation answers what it changed, and the screens that show it follow without being told.
const part = await newPart('Apollo bearing');
const PART = gql`query Part($id: ID!) { part(id: $id) { id name available onHand version } }`;
const screen = show({ query: PART, variables: { id: part.id } });
await until(() => screen.data?.part, 'the part');
assert.equal(screen.data.part.available, 10);
const asked = wire.sent.length;
const ISSUE = gql`mutation Issue($input: IssuePartInput!) {
  issuePart(input: $input) {
    part { id available onHand version }
    stockTransaction { id kind quantity }
    errors { __typename ... on Error { code message path } ... on InsufficientStockError { requested available } }
  }
}`;
const { data: issued } = await client.mutate({ mutation: ISSUE, variables: { input: { id: part.id, quantity: 4 } } });
assert.equal(issued.issuePart.errors, null);
await until(() => screen.data.part.available === 6, 'the new figure on the screen');
assert.equal(wire.sent.length, asked + 1, 'the mutation was the only request');
assert.equal(screen.data.part.name, 'Apollo bearing', 'what the mutation did not select stays');

// An expected failure is data, by its type and with its figures; nothing is thrown, and the cache keeps what it had.
const { data: refused, error: none } = await client.mutate({ mutation: ISSUE, variables: { input: { id: part.id, quantity: 100 } } });
assert.equal(none, undefined);
const [problem] = refused.issuePart.errors;
assert.deepEqual(
  [problem.__typename, problem.code, problem.requested, problem.available, problem.path],
  ['InsufficientStockError', 'INSUFFICIENT_STOCK', 100, 6, ['input', 'quantity']]);
assert.equal(refused.issuePart.part, null);
assert.equal(screen.data.part.available, 6);

// A programmer's or a caller's mistake is an error with a code.
const coded = async (query, variables) => {
  try {
    await client.query({ query, variables, fetchPolicy: 'network-only' });
  } catch (error) {
    assert.ok(CombinedGraphQLErrors.is(error), `${error}`);
    return error.errors[0].extensions.code;
  }
  return undefined;
};
assert.equal(await coded(gql`{ nothingOfTheKind }`), 'GRAPHQL_VALIDATION_FAILED');
assert.equal(await coded(gql`{ parts(first: 1000) { nodes { id } } }`), 'BAD_USER_INPUT');
const stranger = new ApolloClient({ link: new HttpLink({ uri: url, headers: caller('nobody') }), cache: new InMemoryCache() });
await assert.rejects(stranger.query({ query: gql`{ me { id } }` }), error => error.errors?.[0].extensions.code === 'UNAUTHENTICATED' || error.statusCode === 401);

// A list loads more while others add to it: nothing twice, nothing left out.
const LIST = gql`query Parts($first: Int!, $after: String, $where: PartFilterInput) {
  parts(first: $first, after: $after, where: $where, order: [{ name: ASC }]) { edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
}`;
const all = await newParts(Array.from({ length: 25 }, (_, i) => `Apollo row ${i % 9}`));
const list = client.watchQuery({ query: LIST, variables: { first: 4, where: { name: { startsWith: 'Apollo row' } } } });
let page = (await new Promise(resolve => list.subscribe(result => result.data?.parts && resolve(result)))).data;
for (let number = 0; page.parts.pageInfo.hasNextPage; number++) {
  await newParts([`Apollo row ${number % 2 ? 0 : 4}`]);
  page = (await list.fetchMore({ variables: { after: page.parts.pageInfo.endCursor } })).data;
}
await until(() => list.getCurrentResult().data.parts.pageInfo.hasNextPage === false, 'the whole list on the screen');
const shown = list.getCurrentResult().data;
const seen = shown.parts.edges.map(edge => edge.node.id);
assert.equal(new Set(seen).size, seen.length, 'nothing came twice');
assert.deepEqual(all.filter(id => !seen.includes(id)), [], 'nothing was skipped');

// A subscription brings the object with its id: the cache takes it in, and the screen follows.
const order = await newOrder('Apollo listens');
const detail = show({ query: gql`query Order($id: ID!) { workOrder(id: $id) { id title phase availableTransitions } }`, variables: { id: order.id } });
await until(() => detail.data?.workOrder, 'the order');
assert.equal(detail.data.workOrder.phase, 'PENDING');
let cursor;
const listening = client.subscribe({
  query: gql`subscription Changed($id: ID!) { workOrderChanged(id: $id) { cursor event { id type } workOrder { id title phase availableTransitions } } }`,
  variables: { id: order.id },
}).subscribe({ next: ({ data, error }) => { assert.equal(error, undefined); cursor = data.workOrderChanged.cursor; }, error: error => { throw error; } });
await until(() => cursor, 'the first cursor');
await start(order.id);
await until(() => detail.data.workOrder.phase === 'IN_PROGRESS', 'the change that somebody else made');
assert.ok(detail.data.workOrder.availableTransitions.includes('COMPLETE'));

// An object is found again by its id alone.
const { data: again } = await client.query({ query: gql`query Node($id: ID!) { node(id: $id) { id ... on WorkOrder { code title } } }`, variables: { id: order.id } });
assert.equal(again.node.title, 'Apollo listens');

// A document goes over the wire once, then its hash stands for it.
const brief = counted();
const persisting = () => new ApolloClient({
  link: new PersistedQueryLink({ sha256: text => createHash('sha256').update(text).digest('hex') }).concat(new HttpLink({ uri: url, headers: caller(), fetch: brief.fetch })),
  cache: new InMemoryCache(),
});
const persisted = gql`query Persisted${Date.now()} { me { id fullName } }`;
for (let i = 0; i < 2; i++) assert.ok((await persisting().query({ query: persisted })).data.me.id);
assert.deepEqual(brief.sent.map(request => 'query' in request), [false, true, false]);

listening.unsubscribe();
screen.subscription.unsubscribe();
detail.subscription.unsubscribe();
client.stop();
await socket.dispose();
console.log(`Apollo Client: ${wire.sent.length} requests, ${seen.length} parts in pages.`);
