// Answers questions about GraphQL, one JSON object a line in and one out, with the reference implementation. Schemas are sent once, by name.
import { createInterface } from 'node:readline';
import { createHash } from 'node:crypto';
import {
  buildClientSchema, buildSchema, execute, getIntrospectionQuery, graphqlSync, GraphQLError, isAbstractType, isEnumType, isListType, isNonNullType,
  isObjectType, lexicographicSortSchema, parse, parseValue, print, printSchema, specifiedRules, specifiedScalarTypes, validate, validateSchema, visit,
} from 'graphql';

const schemas = new Map();

// Incremental delivery is not of the edition that we follow, and how deep introspection may go is a limit of ours.
const rules = specifiedRules.filter((rule) => !/Defer|Stream|MaxIntrospectionDepth/.test(rule.name));

function schemaOf(name) {
  const schema = schemas.get(name);
  if (!schema) throw new Error(`There is no schema "${name}".`);
  return schema;
}

// ---- what is wrong with a document, by rule and place ----

function at(error) {
  return (error.locations ?? []).map((place) => `${place.line}:${place.column}`);
}

function validated({ schema, document }) {
  let parsed;
  try {
    parsed = parse(document);
  } catch (error) {
    return { errors: [{ rule: 'Syntax', at: at(error), message: error.message.toWellFormed() }] };
  }
  const ruleOf = new Map();
  const tagged = rules.map((rule) => (context) => {
    const own = Object.create(context);
    own.reportError = (error) => {
      ruleOf.set(error, rule.name.replace(/Rule$/, ''));
      context.reportError(error);
    };
    return rule(own);
  });
  const errors = validate(schemaOf(schema), parsed, tagged, { maxErrors: Infinity, hideSuggestions: true });
  return { errors: errors.map((error) => ({ rule: ruleOf.get(error), at: at(error), message: error.message.toWellFormed() })) };
}

// ---- executing with answers that never change ----

function fixed(type, schema) {
  if (isNonNullType(type)) return fixed(type.ofType, schema);
  if (isListType(type)) return [fixed(type.ofType, schema), fixed(type.ofType, schema)];
  if (isEnumType(type)) return type.getValues()[0].value;
  if (isAbstractType(type)) {
    const names = schema.getPossibleTypes(type).map((possible) => possible.name).sort();
    return { __typename: 'getTypes' in type ? names[0] : names.at(-1) };
  }
  if (isObjectType(type)) return {};
  return { Int: 2, Float: 3.14, Boolean: true, ID: 'id' }[type.name] ?? 'str';
}

function answer(schema, document, variables, operationName, fieldResolver, rootValue) {
  const result = execute({ schema, document: parse(document), variableValues: variables ?? undefined, operationName: operationName ?? undefined, fieldResolver, rootValue, options: { maxCoercionErrors: 100_000 } });
  return {
    data: result.data === undefined ? null : JSON.stringify(result.data),
    errors: (result.errors ?? []).map((error) => ({ at: at(error), path: error.path ?? null, message: error.message.toWellFormed() })),
  };
}

function executedFixed({ sdl, document, variables, operationName }) {
  return answer(buildSchema(sdl), document, variables, operationName, (_source, _arguments, _context, info) => fixed(info.returnType, info.schema));
}

// ---- executing with answers that come from a seed: the same as SeededAnswers.cs ----

function hash(text) {
  return createHash('sha256').update(text, 'utf8').digest();
}

const texts = ['', 'plain', 'é ü ñ', '日本', '😀 ok', 'a"b\\c', 'line\nbreak\ttab\r', '\u0001\u001f\u007f\u2028', '</script>&\'+', '"""', '\b\f'];
const floats = [0, -0, 1, 0.5, -2.25, 3.14, 1e15, 123456789012345680, 1e20, 1e21, 1.5e300, 0.001, 0.000001, 1e-7, 5e-324, -1.7976931348623157e308, 0.1, 100, 1e16];
const ints = [0, 1, -1, 42, 2147483647, -2147483648, 1000000];

function seeded(type, schema, seed, trouble) {
  const bytes = hash(seed);
  const roll = bytes.readUInt16BE(0) / 65536;
  if (roll < trouble) return null;
  if (roll < trouble * 1.6) return new GraphQLError(`failed at ${bytes.readUInt16BE(2)}`);
  if (isNonNullType(type)) return seededValue(type.ofType, schema, seed, trouble, bytes);
  return seededValue(type, schema, seed, trouble, bytes);
}

function seededValue(type, schema, seed, trouble, bytes) {
  const pick = (list) => list[bytes.readUInt16BE(4) % list.length];
  if (isListType(type)) return Array.from({ length: bytes[6] % 4 }, (_, i) => seeded(type.ofType, schema, `${seed}[${i}]`, trouble));
  if (isEnumType(type)) return pick(type.getValues()).value;
  if (isAbstractType(type)) return { seed, __typename: pick(schema.getPossibleTypes(type).map((possible) => possible.name).sort()) };
  if (isObjectType(type)) return { seed };
  switch (type.name) {
    case 'Int': return pick(ints);
    case 'Float': return pick(floats);
    case 'Boolean': return bytes[4] % 2 === 0;
    case 'ID': return `id${bytes.readUInt16BE(4)}`;
    default: return pick(texts);
  }
}

// Coerced arguments in the order of their definition; what was not given is not there.
function shown(value) {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(shown).join(',')}]`;
  if (typeof value === 'object') return `{${Object.keys(value).sort().map((key) => `${key}:${shown(value[key])}`).join(',')}}`;
  return JSON.stringify(value);
}

function executedSeeded({ schema, document, variables, operationName, seed, trouble }) {
  return answer(schemaOf(schema), document, variables, operationName, (source, given, _context, info) => {
    const below = `${source.seed}/${info.fieldName}${shown(given)}`;
    if (info.fieldName === 'echo') return shown(given);
    const value = seeded(info.returnType, info.schema, below, trouble);
    if (value instanceof Error) throw value;
    return value;
  }, { seed });
}

// ---- schemas ----

function canonical(schema) {
  return printSchema(lexicographicSortSchema(schema));
}

function sameSdl({ original, printed }) {
  const [a, b] = [buildSchema(original), buildSchema(printed)];
  const problems = [...validateSchema(a), ...validateSchema(b)].map((error) => error.message);
  return { problems, expected: canonical(a), actual: canonical(b) };
}

function sorted(value) {
  if (!Array.isArray(value)) return value;
  return [...value].sort((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));
}

// Everything but the introspection types themselves, and built-in descriptions, which each implementation words in its own way.
function comparable(introspection) {
  // A default is a literal, however it is laid out.
  const schema = JSON.parse(JSON.stringify(introspection.__schema), (key, value) => (key === 'defaultValue' && value !== null ? print(parseValue(value)) : value));
  const builtIn = new Set([...specifiedScalarTypes.map((type) => type.name)]);
  schema.types = sorted(schema.types.filter((type) => !type.name.startsWith('__')));
  for (const type of schema.types) {
    if (builtIn.has(type.name)) delete type.description;
    type.possibleTypes = sorted(type.possibleTypes);
    type.interfaces = sorted(type.interfaces);
  }
  schema.directives = sorted(schema.directives.filter((directive) => !['include', 'skip', 'deprecated', 'specifiedBy', 'oneOf'].includes(directive.name)));
  return schema;
}

const everything = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };

function sameIntrospection({ sdl, introspection }) {
  const schema = buildSchema(sdl);
  const own = graphqlSync({ schema, source: getIntrospectionQuery(everything) });
  return {
    problems: (own.errors ?? []).map((error) => error.message),
    expected: JSON.stringify(comparable(own.data), null, 1),
    actual: JSON.stringify(comparable(introspection), null, 1),
    expectedSdl: canonical(schema),
    actualSdl: canonical(buildClientSchema(introspection)),
  };
}

// ---- texts ----

function tree(text) {
  // Where a string stood as a block does not matter once its value is the same.
  return JSON.stringify(visit(parse(text, { noLocation: true }), { StringValue: (node) => ({ ...node, block: false }) }));
}

function sameTree({ original, printed }) {
  return { same: tree(original) === tree(printed), expected: print(parse(original)) };
}

const kinds = {
  schema({ name, sdl }) {
    const schema = buildSchema(sdl);
    schemas.set(name, schema);
    return { problems: validateSchema(schema).map((error) => error.message) };
  },
  validated, executedFixed, executedSeeded, sameSdl, sameIntrospection, sameTree,
  introspectionQuery: () => ({ query: getIntrospectionQuery(everything) }),
  version: () => ({ node: process.version }),
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { kind, ...question } = JSON.parse(line);
  let reply;
  try {
    reply = kinds[kind](question);
  } catch (error) {
    reply = { failed: String(error?.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(reply) + '\n');
}
