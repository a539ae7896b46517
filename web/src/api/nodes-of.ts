// The items of a list. A list is null where the server refuses its arguments.
export function nodesOf<Node>(list: { nodes: Node[] } | null | undefined): Node[] {
  return list?.nodes ?? [];
}
