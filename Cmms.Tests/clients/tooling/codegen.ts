import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the schema and of every document beside it. A scalar that is not mapped here is an error. */
export default {
  schema: '../../../schema/cmms.graphql',
  documents: '../../../schema/operations/*.graphql',
  emitLegacyCommonJSImports: false,
  config: {
    strictScalars: true,
    scalars: {
      DateTime: 'string',
      Date: 'string',
      LocalTime: 'string',
      Duration: 'string',
      Decimal: 'number',
      Long: 'number',
      JSON: 'unknown',
      URL: 'string',
      Upload: 'Blob',
    },
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
  },
  generates: {
    'generated/codegen/schema.ts': { plugins: ['typescript'] },
    'generated/codegen/operations.ts': { plugins: ['typescript-operations', 'typed-document-node'] },
  },
} satisfies CodegenConfig;
