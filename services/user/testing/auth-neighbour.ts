import { createCredentials, replaceBeakShape } from '../../shared/contracts/calls/auth';
import type { Neighbours } from '../../shared/testing/neighbours';

/** Auth that keeps beak shapes in memory and answers by its contract. */
export class AuthNeighbour {
  readonly shapes = new Map<string, string>();
  isAway = false;

  constructor(neighbours: Neighbours) {
    neighbours.answer(createCredentials, ({ params, body }) => {
      if (this.isAway) return { refuse: 503 };
      const kept = this.shapes.get(params['userId']!);
      if (kept === undefined) this.shapes.set(params['userId']!, body.beakShape);
      return {
        created: kept === undefined,
        matches: kept === undefined || kept === body.beakShape,
      };
    });
    neighbours.answer(replaceBeakShape, ({ params, body }) => {
      if (this.isAway) return { refuse: 503 };
      const isRight = body.current === null || body.current === this.shapes.get(params['userId']!);
      if (!isRight) return { refuse: 403, type: 'wrong-beak-shape' };
      this.shapes.set(params['userId']!, body.beakShape);
      return { replaced: true };
    });
  }
}
