import { useTranslation } from 'react-i18next';
import { TextInput, Textarea } from '../../../ui/fields';
import { splitTitle } from '../title';
import classes from '../task.module.css';

const MAX_TITLE = 250;
const MAX_DESCRIPTION = 10_000;
const ROWS = 5;

/** Texts of a task, as they are typed. */
export interface TaskTexts {
  title: string;
  description: string;
}

/** Fields of a new task and of an edited one; says live what becomes the Jira id. */
export function TaskFields({
  texts,
  faultOf,
  onChange,
}: {
  texts: TaskTexts;
  faultOf: (field: string) => string | undefined;
  onChange: (texts: TaskTexts) => void;
}) {
  const { t } = useTranslation('task');
  return (
    <>
      <TextInput
        label={t('fields.title')}
        description={<Split title={texts.title} />}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        autoFocus
        data-autofocus
        maxLength={MAX_TITLE}
        value={texts.title}
        error={faultOf('title')}
        onChange={({ currentTarget }) => onChange({ ...texts, title: currentTarget.value })}
      />
      <Textarea
        label={t('fields.description')}
        rows={ROWS}
        resize="vertical"
        maxLength={MAX_DESCRIPTION}
        value={texts.description}
        error={faultOf('description')}
        onChange={({ currentTarget }) => onChange({ ...texts, description: currentTarget.value })}
      />
    </>
  );
}

/** How the title will be understood. */
function Split({ title: typed }: { title: string }) {
  const { t } = useTranslation('task');
  const { jiraId, title, hasBracket } = splitTitle(typed);
  if (hasBracket) return t('fields.bracket');
  if (jiraId === null) return t('fields.titleHint');
  return (
    <span className={classes['splitTitle']}>
      {t('fields.split', { jiraId })} <b>{title || '…'}</b>
    </span>
  );
}
