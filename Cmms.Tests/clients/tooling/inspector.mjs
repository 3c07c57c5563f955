// graphql-inspector as the gate of the schema: what breaks those who use the released one fails. From this folder: node inspector.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kind, parse, print, visit } from 'graphql';

const schemas = '../../../schema/';
const [released, current] = [`${schemas}released.graphql`, `${schemas}cmms.graphql`];

/** What the tool says and how it ends. A field may go once it was released as deprecated. */
async function diff(from, to) {
  try {
    const { stdout } = await promisify(execFile)('node', ['node_modules/@graphql-inspector/cli/cjs/index.js', 'diff', from, to, '--rule', 'suppressRemovalOfDeprecatedField']);
    return { code: 0, said: stdout };
  } catch (failure) {
    return { code: failure.code, said: failure.stdout + failure.stderr };
  }
}

const folder = await mkdtemp(join(tmpdir(), 'cmms-schema-'));
try {
  const schema = parse(await readFile(current, 'utf8'));
  /** A copy of the schema in which one thing is other: a field, an argument or a value by its coordinate. */
  const copy = async (name, coordinate, change) => {
    const [type, member] = coordinate.split('.');
    const alter = node => node.name.value !== member ? undefined : change(node);
    const edit = { FieldDefinition: alter, InputValueDefinition: alter, EnumValueDefinition: alter };
    const within = node => node.name.value !== type ? false : visit(node, edit);
    const changed = visit(schema, { ObjectTypeDefinition: within, InputObjectTypeDefinition: within, EnumTypeDefinition: within });
    assert.notEqual(print(changed), print(schema), `${name}: there is no ${coordinate}`);
    await writeFile(join(folder, `${name}.graphql`), print(changed));
    return join(folder, `${name}.graphql`);
  };
  const gone = () => null;
  const required = node => ({ ...node, type: { kind: Kind.NON_NULL_TYPE, type: node.type } });
  const renamed = node => ({ ...node, name: { kind: Kind.NAME, value: `${node.name.value}2` } });
  const deprecated = node => ({ ...node, directives: parse('type T { f: Int @deprecated(reason: "Ask for dueAt.") }').definitions[0].fields[0].directives });

  const kept = await diff(released, current);
  assert.equal(kept.code, 0,
    `schema/cmms.graphql breaks who uses the released schema. Deprecate first; or, where it must be, release it: copy it to schema/released.graphql.\n${kept.said}`);

  for (const [coordinate, change] of Object.entries({ 'WorkOrder.isOverdue': gone, 'IssuePartInput.note': required, 'WorkOrderPriority.CRITICAL': gone, 'Mutation.startWorkOrder': renamed })) {
    const { code, said } = await diff(current, await copy('broken', coordinate, change));
    assert.equal(code, 1, `${coordinate}: ${said}`);
    assert.match(said, /breaking change/i, `${coordinate}: ${said}`);
  }

  // What only comes does not break: the way back from a copy that lacks it.
  for (const coordinate of ['WorkOrder.isOverdue', 'IssuePartInput.note']) {
    const { code, said } = await diff(await copy('before', coordinate, gone), current);
    assert.equal(code, 0, `${coordinate}: ${said}`);
  }

  // What goes was deprecated in a release before.
  const warned = await copy('warned', 'WorkOrder.isOverdue', deprecated);
  const { code, said } = await diff(warned, await copy('after', 'WorkOrder.isOverdue', gone));
  assert.equal(code, 0, `what was deprecated may go: ${said}`);
  console.log('graphql-inspector: the released schema is kept.');
} finally {
  await rm(folder, { recursive: true });
}
