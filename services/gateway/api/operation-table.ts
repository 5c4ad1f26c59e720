import type { Method } from '../../shared/contracts/call';
import type { Operation } from './open-api';

interface Node {
  exact: Map<string, Node>;
  parameter: Node | null;
  operations: Map<string, Operation>;
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

function newNode(): Node {
  return { exact: new Map(), parameter: null, operations: new Map() };
}

/** What a path leads to: an operation, or only the methods that it has instead. */
export interface Match {
  operation: Operation | null;
  allowed: string[];
}

/** HEAD asks for what GET would answer, without the body (RFC 9110, section 9.3.2). */
const withHead = (method: Method): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

const PLAIN = /^[\w.~-]+$/;
const CLIMBING = /^\.\.?$/;
/** Encoded, these would become part of another path for somebody who decodes twice. */
const UNSAFE = /[/\\%?#\p{Cc}]/u;

/**
 * May this segment stand where a path parameter goes? Nothing that, decoded by a sidecar or a
 * service, could lead out of the path that was matched here.
 */
function isSafeParameter(segment: string): boolean {
  if (segment === '' || CLIMBING.test(segment)) return false;
  if (PLAIN.test(segment)) return true;
  try {
    const decoded = decodeURIComponent(segment);
    // What needs no encoding hides behind it: `%6De` would be `me` to a service, a path of its own.
    return !UNSAFE.test(decoded) && !PLAIN.test(decoded);
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/** Finds the operation of a request by its path, segment by segment; exact segments win. */
export class OperationTable {
  private readonly root = newNode();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) this.add(operation);
  }

  /**
   * The match of a path without query, or null when no operation has such a path. HEAD leads to
   * the operation of GET.
   */
  find(method: string, path: string): Match | null {
    const match: Match = { operation: null, allowed: [] };
    this.search(this.root, path.split('/'), 1, method === 'HEAD' ? 'GET' : method, match);
    return match.operation || match.allowed.length > 0 ? match : null;
  }

  private add(operation: Operation): void {
    let node = this.root;
    for (const segment of operation.path.split('/').slice(1)) {
      node = isParameter(segment) ? (node.parameter ??= newNode()) : childOf(node, segment);
    }
    node.operations.set(operation.method, operation);
  }

  private search(
    node: Node,
    segments: readonly string[],
    depth: number,
    method: string,
    match: Match,
  ): void {
    const segment = segments[depth];
    if (segment === undefined) {
      match.operation = node.operations.get(method) ?? null;
      const methods = [...node.operations.values()].map((operation) => operation.method);
      match.allowed.push(...methods.flatMap(withHead));
      return;
    }
    const exact = node.exact.get(segment);
    if (exact) this.search(exact, segments, depth + 1, method, match);
    if (match.operation || !node.parameter || !isSafeParameter(segment)) return;
    this.search(node.parameter, segments, depth + 1, method, match);
  }
}

function childOf(node: Node, segment: string): Node {
  const child = node.exact.get(segment) ?? newNode();
  node.exact.set(segment, child);
  return child;
}
