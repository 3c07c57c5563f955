// What an application writes against the generated types. It only has to compile: `tsc --strict` is the test.
import type { ResultOf, TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  IssuePartDocument, WorkOrderChangedDocument, WorkOrderListDocument,
  type IssuePartMutation, type WorkOrderListQuery, type WorkOrderPriority,
} from '../generated/codegen/operations.ts';

declare function ask<TData, TVariables>(document: TypedDocumentNode<TData, TVariables>, variables: TVariables): Promise<TData>;

/** The rows of a list; the types of nested objects come from the document. */
export async function overdue(): Promise<string[]> {
  const { workOrders } = await ask(WorkOrderListDocument, { first: 50, where: { dueAt: { lt: '2026-03-01T00:00:00Z' }, phase: { nin: ['DONE', 'CANCELLED'] } } });
  return (workOrders?.nodes ?? []).filter(order => order.isOverdue).map(order => order.code);
}

/** Every expected failure is one of a union, and all of them can be shown to the user as they are. */
export async function issue(id: string, quantity: number): Promise<string> {
  const { issuePart } = await ask(IssuePartDocument, { input: { id, quantity } });
  const [error] = issuePart.errors ?? [];
  return error ? told(error) : `${issuePart.part?.available} left`;
}

type IssueError = NonNullable<IssuePartMutation['issuePart']['errors']>[number];

function told(error: IssueError): string {
  switch (error.__typename) {
    case 'NotFoundError': return 'There is no such part any more.';
    case 'InvalidValueError': return `${error.path?.join('.')}: ${error.message}`;
    default: return error.message;
  }
}

/** An enum is the set of its values. */
export const colours: Record<WorkOrderPriority, string> = { NONE: 'grey', LOW: 'blue', MEDIUM: 'green', HIGH: 'orange', CRITICAL: 'red' };

export type Row = NonNullable<NonNullable<WorkOrderListQuery['workOrders']>['nodes']>[number];
export const title = (row: Row): string => `${row.code} ${row.title}`;

export function follow(message: ResultOf<typeof WorkOrderChangedDocument>): string | undefined {
  return message.workOrderChanged.workOrder?.title;
}

// What is wrong does not compile.
// @ts-expect-error This mutation cannot fail so.
export const impossible = (error: IssueError): boolean => error.__typename === 'TreeCycleError';
// @ts-expect-error An id is missing.
void ask(IssuePartDocument, { input: { quantity: 1 } });
// @ts-expect-error A decimal is a number.
void ask(IssuePartDocument, { input: { id: 'x', quantity: 'six' } });
// @ts-expect-error There is no such field.
export const nothing = (row: Row): unknown => row.colour;
// @ts-expect-error A result may be missing, and says so.
export const available = (result: IssuePartMutation): number => result.issuePart.part.available;
