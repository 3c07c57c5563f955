// graphql-eslint over the exported schema and the documents beside it: every rule of its "all" and Relay presets, but for what is said below.
// Run from the root of the repository.
import graphql from '@graphql-eslint/eslint-plugin';

const { configs } = graphql;
const [, naming] = configs['flat/schema-recommended'].rules['@graphql-eslint/naming-convention'];

export default [
  {
    files: ['schema/**/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema/cmms.graphql', documents: 'schema/operations/*.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['schema/cmms.graphql'],
    rules: {
      ...configs['flat/schema-all'].rules,
      ...configs['flat/schema-relay'].rules,

      // Everything is described, not only types.
      '@graphql-eslint/require-description': ['error', {
        types: true, rootField: true, DirectiveDefinition: true, EnumValueDefinition: true, FieldDefinition: true, InputValueDefinition: true,
      }],
      // Each type has an id, but for what is no object of its own: answers, failures, pages, and values inside an object.
      '@graphql-eslint/strict-id-in-types': ['error', {
        exceptions: {
          types: [
            'Policy', 'NotificationPreference', 'RoleDefinition', 'System', // known by their key
            'AssetCosts', 'CapacityTotal', 'FieldDifference', 'ImportResult', 'ImportRowError', 'MachineCapacity', 'PmDate', 'PolicyPreview', 'PreviewedDecision', 'Produced', 'Recurrence', 'Reliability', 'ReliabilityGroup', 'ReliabilityInterval', 'ShiftLog', 'StockDifference', 'Thumbnails', 'UserActivity', 'UserInvitation', 'WeeklyCapacity', 'WorkCalendar', 'WorkOrderTemplate',
          ],
          suffixes: ['Connection', 'Edge', 'Error', 'Message', 'PageInfo', 'Payload', 'Result'],
        },
      }],

      // Order is by sense: what belongs together stands together, and the id comes first.
      '@graphql-eslint/alphabetize': 'off',
      // A list that cannot grow (the technicians of an order, the errors of a payload, the nodes shortcut of a connection) is a plain list.
      '@graphql-eslint/relay-edge-types': ['error', { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }],
      // What is deprecated says what to use instead; it goes with the next great version, not on a day.
      '@graphql-eslint/require-deprecation-date': 'off',
      // A mutation always answers with its payload; the null is inside, beside the errors.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
      // There are mutations and subscriptions.
      '@graphql-eslint/no-root-type': 'off',
      // The words of the trade: assetType, partType, vendorPartNumber, AssetType, PartType.
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/naming-convention': ['error', { ...naming, 'ObjectTypeDefinition,ObjectTypeExtension': { forbiddenPrefixes: ['Type'] } }],
    },
  },
  {
    files: ['schema/operations/*.graphql'],
    rules: {
      ...configs['flat/operations-all'].rules,
      // A file bears the name of its operation, as persisted operations are called.
      '@graphql-eslint/match-document-filename': ['error', { fileExtension: '.graphql', query: 'PascalCase', mutation: 'PascalCase', subscription: 'PascalCase', fragment: 'PascalCase' }],
      '@graphql-eslint/alphabetize': 'off',
    },
  },
];
