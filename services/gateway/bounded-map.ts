/** A map that forgets what was not used for longest once it holds `capacity` entries. */
export class BoundedMap<Value> {
  private readonly entries = new Map<string, Value>();

  constructor(private readonly capacity: number) {}

  /** The value, or undefined; being asked for makes it the youngest. */
  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.capacity) {
      // A Map keeps the order of insertion: the first key is the oldest.
      const [oldest] = this.entries.keys();
      this.entries.delete(oldest!);
    }
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}
