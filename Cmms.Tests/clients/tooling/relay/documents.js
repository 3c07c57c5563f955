// Components as a Relay application has them: a list that loads more, an object that refetches itself, a mutation, a subscription.
import { graphql } from 'relay-runtime';

export const row = graphql`
  fragment documents_row on WorkOrder {
    id
    code
    title
    isOverdue
    asset { id name location { path } }
    technicians { fullName }
  }
`;

export const list = graphql`
  fragment documents_list on Query
  @refetchable(queryName: "documentsListPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }, where: { type: "WorkOrderFilterInput" }) {
    workOrders(first: $count, after: $cursor, where: $where) @connection(key: "documents_list_workOrders") {
      edges { node { ...documents_row } }
      totalCount
    }
  }
`;

export const screen = graphql`
  query documentsQuery($where: WorkOrderFilterInput) {
    ...documents_list @arguments(where: $where)
    me { id }
  }
`;

export const asset = graphql`
  fragment documents_asset on Asset @refetchable(queryName: "documentsAssetRefetchQuery") {
    name
    status
    location { name }
  }
`;

export const history = graphql`
  fragment documents_history on Asset
  @refetchable(queryName: "documentsHistoryPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    workOrders(first: $count, after: $cursor) @connection(key: "documents_history_workOrders") {
      edges { node { ...documents_row } }
    }
  }
`;

export const detail = graphql`
  query documentsDetailQuery($id: ID!) {
    node(id: $id) {
      ...documents_asset
      ...documents_history
    }
  }
`;

export const start = graphql`
  mutation documentsStartMutation($input: StartWorkOrderInput!) @raw_response_type {
    startWorkOrder(input: $input) {
      workOrder { ...documents_row }
      errors { __typename ... on Error { code message path } }
    }
  }
`;

export const create = graphql`
  mutation documentsCreateMutation($input: CreateWorkOrderInput!, $connections: [ID!]!) {
    createWorkOrder(input: $input) {
      workOrder @appendNode(connections: $connections, edgeTypeName: "WorkOrdersEdge") { ...documents_row }
      errors { ... on Error { code message } ... on InsufficientStockError { requested available } }
    }
  }
`;

export const changed = graphql`
  subscription documentsChangedSubscription($after: String) {
    workOrderChanged(after: $after) {
      cursor
      workOrder { ...documents_row }
    }
  }
`;
