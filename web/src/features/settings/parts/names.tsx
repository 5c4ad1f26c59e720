import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ifMatch, useChange } from '../../../api/change';
import { USER_TOUCHES, useStoreUser, useUser, type SeenUser } from '../../../shared/user/queries';
import { DraftProblem, isStale, type ConflictField } from '../../../ui/conflict';
import { Fetched } from '../../../ui/fetched';
import { TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useDraft } from '../../../ui/use-draft';
import { useFaults } from '../../../ui/use-faults';
import classes from '../settings.module.css';

const KEYS = ['nickname', 'email', 'fullName'] as const;
type Fields = Pick<SeenUser, (typeof KEYS)[number]>;
const BESIDE = { 'nickname-taken': 'nickname', 'email-taken': 'email' };
const ROWS = 3;
const MAX_NAME = 70;

/** One's own names and email. */
export function Names({ userId }: { userId: string }) {
  const user = useUser(userId);
  return (
    <Fetched query={user} rows={ROWS}>
      {(found) => <NamesForm user={found} />}
    </Fetched>
  );
}

function NamesForm({ user }: { user: SeenUser }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const storeUser = useStoreUser();
  const draft = useDraft<Fields>(user, KEYS);
  const change = useChange('patch', '/api/v1/users/{id}', {
    touches: USER_TOUCHES,
    onDone(stored) {
      storeUser(stored);
      draft.drop();
      sayDone(t('saved'));
    },
  });
  const { problem, isBusy } = change;
  const save = (version: number): void =>
    change.send({
      params: { path: { id: user.id }, header: ifMatch(version) },
      body: draft.changes,
    });
  const faultOf = useFaults(problem, BESIDE);
  const conflict = draft.differing.map((key): ConflictField => ({
    key,
    label: t(key),
    theirs: user[key] ?? t('nothing'),
    mine: draft.values[key] ?? t('nothing'),
  }));
  const fieldOf = (key: keyof Fields) => ({
    label: t(key),
    name: key,
    value: draft.values[key] ?? '',
    error: faultOf(key),
  });
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        save(draft.version);
      }}
    >
      <TextInput
        {...fieldOf('nickname')}
        autoComplete="username"
        autoCapitalize="none"
        required
        onChange={({ currentTarget: { value } }) => draft.change({ nickname: value })}
      />
      <TextInput
        {...fieldOf('email')}
        description={t('emailWhy')}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        required
        onChange={({ currentTarget: { value } }) => draft.change({ email: value })}
      />
      <TextInput
        {...fieldOf('fullName')}
        description={t('fullNameWhy')}
        autoComplete="name"
        maxLength={MAX_NAME}
        onChange={({ currentTarget: { value } }) => draft.change({ fullName: value || null })}
      />
      <DraftProblem
        draft={draft}
        change={change}
        fields={conflict}
        besideFields={Object.keys(BESIDE)}
        onKeepMine={() => save(user.version)}
      />
      <Button type="submit" loading={isBusy} disabled={!draft.isChanged || isStale(draft, problem)}>
        {common('actions.save')}
      </Button>
    </form>
  );
}
