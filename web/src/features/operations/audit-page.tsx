import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { day, id, maybeOneOf, oneOf, text, useAddress } from '../../lib/address';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { Tabs } from '../../ui/tabs';
import { useLanguage } from '../../ui/use-language';
import { AuditEntries } from './parts/audit-entries';
import { AuditFilterFields } from './parts/audit-filters';
import { NoMatch } from './parts/no-match';
import { Sections } from './parts/sections';
import { useWords } from './parts/use-words';
import { auditFileOf, auditServices, useAuditLog } from './queries';
import { actions } from './words';

const FIELDS = {
  service: oneOf(auditServices, 'user'),
  actor: id,
  action: maybeOneOf(actions),
  subject: text,
  from: day,
  to: day,
};
const NO_FILTERS = { actor: null, action: null, subject: '', from: null, to: null };
const ROWS = 10;

/** Who changed what of rights and money. */
export function AuditPage() {
  const { t } = useTranslation('operations');
  const words = useWords();
  const language = useLanguage();
  const { values, change } = useAddress(FIELDS);
  const entries = useAuditLog(values);
  const { service, ...filters } = values;
  const isFiltered = Object.values(filters).some((value) => value !== null && value !== '');
  const clear = (): void => change(NO_FILTERS);
  return (
    <>
      <Sections />
      <Tabs
        label={t('deadLetters.service')}
        items={auditServices.map((each) => ({ value: each, label: words.service(each) }))}
        value={service}
        onChange={(chosen) => change({ service: chosen })}
      />
      <AuditFilterFields values={values} onChange={change} onClear={clear} />
      <Button component="a" href={auditFileOf(values, language)} download variant="default" mb="md">
        {t('audit.csv')}
      </Button>
      <Fetched query={entries} rows={ROWS}>
        {(items) =>
          items.length > 0 ? (
            <AuditEntries
              entries={items}
              onSubject={(subject) => change({ subject })}
              onEnd={() => entries.hasNextPage && void entries.fetchNextPage()}
            />
          ) : isFiltered ? (
            <NoMatch onClear={clear} />
          ) : (
            <Empty title={t('audit.empty')}>{t('audit.emptyWhy')}</Empty>
          )
        }
      </Fetched>
      <ListEnd list={entries} shown={entries.data?.length ?? 0} />
    </>
  );
}
