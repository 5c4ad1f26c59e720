import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problems';
import { formatTime, viewerZone } from '../lib/time';
import { Away } from './away';
import { ProblemCard } from './problem-card';
import { Skeletons } from './skeletons';
import { useLanguage } from './use-language';

/** Read of the API, of one thing or of a list. */
interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

/**
 * What every read shows: skeletons while it is fetched first, a strip while its service is away, a
 * card when it failed, and data that could not be refreshed with its time above.
 */
export function Fetched<Data>({
  query,
  rows,
  children,
}: {
  query: Query<Data>;
  /** Rows of the skeleton. */
  rows: number;
  children: (data: Data) => React.ReactNode;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error, dataUpdatedAt, refetch } = query;
  const retry = (): void => void refetch();
  if (data !== undefined) {
    const at = new Date(dataUpdatedAt).toISOString();
    return (
      <>
        {error !== null && (
          <p className="quiet" role="status">
            {t('list.asOf', { time: formatTime(at, language, viewerZone()) })}
          </p>
        )}
        {children(data)}
      </>
    );
  }
  if (error === null) return <Skeletons rows={rows} />;
  const problem = toProblem(error);
  return problem.isAway ? (
    <Away problem={problem} onRetry={retry} />
  ) : (
    <ProblemCard problem={problem} onRetry={retry} />
  );
}
