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

/** Result of a look-up by path: the operation, or null and the methods that the path has. */
export interface Match {
  operation: Operation | null;
  allowed: string[];
}

/** HEAD is answered as GET without the body (RFC 9110, section 9.3.2). */
const withHead = (method: Method): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

const PLAIN = /^[\w.~-]+$/;
const CLIMBING = /^\.\.?$/;
/** Characters that change the path when a sidecar or service decodes it a second time. */
const UNSAFE = /[/\\%?#\p{Cc}]/u;

/**
 * Returns true when the segment may be a path parameter: decoding it a second time, in a sidecar or
 * a service, cannot lead to another path.
 */
function isSafeParameter(segment: string): boolean {
  if (segment === '' || CLIMBING.test(segment)) return false;
  if (PLAIN.test(segment)) return true;
  try {
    const decoded = decodeURIComponent(segment);
    // Unreserved characters that are encoded are refused: `%6De` is `me`, another path, to a
    // service.
    return !UNSAFE.test(decoded) && !PLAIN.test(decoded);
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/**
 * Finds the operation of a request by path, segment by segment; exact segments win over parameters.
 */
export class OperationTable {
  private readonly root = newNode();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) this.add(operation);
  }

  /**
   * Returns the match of a path without query, or null when no operation has the path. HEAD finds
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
