import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ifMatch, useChange } from '../../../api/change';
import { usePeople } from '../../../api/people';
import { useSettings } from '../../../api/session';
import { useStoreUser, USER_TOUCHES, type SeenUser } from '../../../shared/user/queries';
import { DraftProblem, isStale, type ConflictField } from '../../../ui/conflict';
import { NativeSelect, TextInput } from '../../../ui/fields';
import { PersonPicker } from '../../../ui/person-picker';
import { sayDone } from '../../../ui/toasts';
import { useDraft, type Draft } from '../../../ui/use-draft';
import { useFaults } from '../../../ui/use-faults';
import { roles } from '../permissions';

const KEYS = ['nickname', 'fullName', 'email', 'role', 'managerId', 'locale'] as const;
type Fields = Pick<SeenUser, (typeof KEYS)[number]>;
const BESIDE = {
  'nickname-taken': 'nickname',
  'email-taken': 'email',
  'circle-of-managers': 'managerId',
  'last-administrator': 'role',
};

/** Names, role, manager and language of a person: stored over the version that was seen. */
export function UserDetails({ user, isMe }: { user: SeenUser; isMe: boolean }) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const storeUser = useStoreUser();
  const draft = useDraft<Fields>(user, KEYS);
  const change = useChange('patch', '/api/v1/users/{id}', {
    touches: USER_TOUCHES,
    onDone(stored) {
      storeUser(stored);
      draft.drop();
      sayDone(t('user.saved'));
    },
  });
  const { problem, isBusy } = change;
  const save = (version: number): void =>
    change.send({
      params: { path: { id: user.id }, header: ifMatch(version) },
      body: draft.changes,
    });
  const conflict = useConflict(user, draft);
  const faultOf = useFaults(problem, BESIDE);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(draft.version);
      }}
    >
      <DetailFields draft={draft} faultOf={faultOf} />
      {isMe && draft.differing.includes('role') && <p role="status">{t('user.yourRole')}</p>}
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

function DetailFields({
  draft: { values, change },
  faultOf,
}: {
  draft: Draft<Fields>;
  faultOf: (field: string) => string | undefined;
}) {
  const { t } = useTranslation('people');
  const languages = useSettings().data?.languages ?? [values.locale];
  return (
    <>
      <TextInput
        label={t('fields.nickname')}
        required
        value={values.nickname}
        error={faultOf('nickname')}
        onChange={({ currentTarget }) => change({ nickname: currentTarget.value })}
      />
      <TextInput
        label={t('fields.fullName')}
        value={values.fullName ?? ''}
        error={faultOf('fullName')}
        onChange={({ currentTarget }) => change({ fullName: currentTarget.value || null })}
      />
      <TextInput
        label={t('fields.email')}
        type="email"
        required
        value={values.email}
        error={faultOf('email')}
        onChange={({ currentTarget }) => change({ email: currentTarget.value })}
      />
      <NativeSelect
        label={t('fields.role')}
        value={values.role}
        error={faultOf('role')}
        onChange={({ currentTarget: { value } }) =>
          change({ role: roles.find((role) => role === value) ?? values.role })
        }
        data={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      />
      <PersonPicker
        label={t('fields.manager')}
        value={values.managerId}
        error={faultOf('managerId')}
        onChange={(managerId) => change({ managerId })}
      />
      <NativeSelect
        label={t('fields.language')}
        description={t('fields.languageWhy')}
        value={values.locale}
        error={faultOf('locale')}
        onChange={({ currentTarget: { value } }) =>
          change({ locale: languages.find((each) => each === value) ?? values.locale })
        }
        data={languages.map((locale) => ({ value: locale, label: t(`languages.${locale}`) }))}
      />
    </>
  );
}

/** Both versions of what differs, in words. */
function useConflict(stored: SeenUser, { values, differing }: Draft<Fields>): ConflictField[] {
  const { t } = useTranslation('people');
  const nameOf = usePeople([stored.managerId, values.managerId]);
  const words: Record<keyof Fields, (fields: Fields) => string> = {
    nickname: ({ nickname }) => nickname,
    fullName: ({ fullName }) => fullName ?? t('fields.nothing'),
    email: ({ email }) => email,
    role: ({ role }) => t(`roles.${role}`),
    managerId: ({ managerId }) => (managerId === null ? t('fields.nobody') : nameOf(managerId)),
    locale: ({ locale }) => t(`languages.${locale}`),
  };
  const labels: Record<keyof Fields, string> = {
    nickname: t('fields.nickname'),
    fullName: t('fields.fullName'),
    email: t('fields.email'),
    role: t('fields.role'),
    managerId: t('fields.manager'),
    locale: t('fields.language'),
  };
  return differing.map((key) => ({
    key,
    label: labels[key],
    theirs: words[key](stored),
    mine: words[key](values),
  }));
}
