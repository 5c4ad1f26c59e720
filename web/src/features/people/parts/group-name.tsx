import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ifMatch, useChange } from '../../../api/change';
import { DraftProblem, isStale } from '../../../ui/conflict';
import { TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useDraft } from '../../../ui/use-draft';
import { useFaults } from '../../../ui/use-faults';
import { useStoreGroup, type Group } from '../queries';

const TAKEN = 'name-taken';
const KEYS = ['name'] as const;

/** Renames a group. */
export function GroupName({ group }: { group: Group }) {
  const { t } = useTranslation('people');
  const storeGroup = useStoreGroup();
  const draft = useDraft<Pick<Group, 'name'>>(group, KEYS);
  const { name } = draft.values;
  const rename = useChange('patch', '/api/v1/groups/{id}', {
    touches: ['/api/v1/groups', '/api/v1/users'],
    onDone(stored) {
      storeGroup(stored);
      draft.drop();
      sayDone(t('group.renamed'));
    },
  });
  const { problem, isBusy } = rename;
  const faultOf = useFaults(problem, { [TAKEN]: 'name' });
  const save = (version: number): void =>
    rename.send({ params: { path: { id: group.id }, header: ifMatch(version) }, body: { name } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(draft.version);
      }}
    >
      <TextInput
        label={t('fields.name')}
        required
        value={name}
        error={faultOf('name')}
        onChange={({ currentTarget }) => draft.change({ name: currentTarget.value })}
      />
      <DraftProblem
        draft={draft}
        change={rename}
        fields={[{ key: 'name', label: t('fields.name'), theirs: group.name, mine: name }]}
        besideFields={[TAKEN]}
        onKeepMine={() => save(group.version)}
      />
      <Button
        type="submit"
        variant="default"
        loading={isBusy}
        disabled={!draft.isChanged || isStale(draft, problem)}
      >
        {t('group.rename')}
      </Button>
    </form>
  );
}
