import type { Problem } from '../api/problems';
import { RequestId } from './request-id';
import { useProblemText } from './use-problem-text';

/** Why a form was refused, under it; nothing for problems that a field says. */
export function FormProblem({
  problem,
  besideFields = [],
}: {
  problem: Problem | null;
  /** Types of problems that are shown beside a field. */
  besideFields?: readonly string[];
}) {
  const text = useProblemText();
  if (problem === null || besideFields.includes(problem.type)) return null;
  return (
    <div role="alert" style={{ color: 'var(--failed)' }}>
      <p>✕ {text(problem)}</p>
      <RequestId problem={problem} />
    </div>
  );
}
