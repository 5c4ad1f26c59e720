/** Returns the id when it is one of a list that has words; what a newer server says has none. */
export function known<const Known extends string>(
  list: readonly Known[],
  id: string,
): Known | undefined {
  return list.find((each) => each === id);
}
