// The same changes, subscriptions and messages as the Graph's, from memory: graphql-yoga for HTTP, graphql-ws for sockets, its own pub/sub between.
import { createServer } from 'node:http'
import { createPubSub, createSchema, createYoga } from 'graphql-yoga'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'

const [port, count] = process.argv.slice(2).map(Number)
const pubSub = createPubSub()
const assets = new Map(Array.from({ length: count }, (_, i) => [`asset-${i}`, { id: `asset-${i}`, name: `Conveyor ${i}`, status: 'OPERATIONAL', version: 1 }]))
let position = 0
const signedIn = context => context.key === 'Bearer demo-manager'

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    enum AssetStatus { OPERATIONAL OUT_OF_SERVICE }
    type Asset { id: ID! name: String! status: AssetStatus! version: Int! }
    type Event { id: ID! type: String! reason: String }
    type AssetMessage { cursor: String! event: Event asset: Asset }
    type StatusChange { reason: String! }
    input ChangeAssetStatusInput { id: ID! status: AssetStatus! reason: String! }
    type ChangeAssetStatusPayload { asset: Asset statusChange: StatusChange errors: [String!] }
    type Query { assets: [Asset!]! }
    type Mutation { changeAssetStatus(input: ChangeAssetStatusInput!): ChangeAssetStatusPayload! }
    type Subscription { assetStatusChanged(assetId: ID!): AssetMessage! }
  `,
  resolvers: {
    Query: { assets: () => [...assets.values()] },
    Mutation: {
      changeAssetStatus: (_, { input: { id, status, reason } }, context) => {
        if (!signedIn(context)) throw new Error('Not signed in')
        const asset = assets.get(id)
        const changed = { ...asset, status, version: asset.version + 1 }
        assets.set(id, changed)
        position++
        pubSub.publish('assetStatusChanged', id, { cursor: `cursor-${position}`, event: { id: `event-${position}`, type: 'AssetStatusChanged', reason } })
        return { asset: changed, statusChange: { reason }, errors: null }
      },
    },
    Subscription: {
      assetStatusChanged: {
        subscribe: (_, { assetId }, context) => {
          if (!signedIn(context)) throw new Error('Not signed in')
          return pubSub.subscribe('assetStatusChanged', assetId)
        },
        // As it is now, like the Graph's.
        resolve: (message, { assetId }) => ({ ...message, asset: assets.get(assetId) }),
      },
    },
  },
})

const yoga = createYoga({ schema, logging: false, graphiql: false, context: ({ request, connectionParams }) => ({ key: request?.headers?.get?.('authorization') ?? connectionParams?.Authorization }) })
const server = createServer(yoga)
useServer({
  execute: args => args.rootValue.execute(args),
  subscribe: args => args.rootValue.subscribe(args),
  onSubscribe: async (context, _id, { operationName, query, variables }) => {
    const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
      ...context, req: context.extra.request, socket: context.extra.socket, params: { operationName, query, variables },
    })
    const args = { schema, operationName, document: parse(query), variableValues: variables, contextValue: await contextFactory(), rootValue: { execute, subscribe } }
    const errors = validate(args.schema, args.document)
    return errors.length ? errors : args
  },
}, new WebSocketServer({ server, path: yoga.graphqlEndpoint }))
server.listen(port, '127.0.0.1')
