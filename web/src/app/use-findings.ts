import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, matchPath, useNavigate } from 'react-router';
import { $api } from '../api/client';
import { useMay, useMe } from '../api/session';
import { sayDone, sayFailed } from '../ui/toasts';
import { toProblem } from '../api/problems';
import { addresses } from './addresses';
import { useLanguages, useLogOut, useSettingsEntry, useThemes } from './own-actions';
import { pages } from './routes';
import { usePages } from './use-pages';

/** What the palette offers. */
export interface Finding {
  key: string;
  label: string;
  detail?: string;
  lang?: string;
  onChoose: () => void;
}

interface Findings {
  label: string;
  items: readonly Finding[];
}

/** Tasks and people are looked for from so many letters on, after a pause. */
const LETTERS = 2;
const PAUSE_MS = 200;
const OFFERED = 5;

/** Returns what fits the typed text, by groups; without a text, the last places come first. */
export function useFindings(typed: string, recent: readonly string[]): readonly Findings[] {
  const { t } = useTranslation('finder');
  const places = usePlaces(recent);
  const own = usePageFindings();
  const actions = useActions();
  const [tasks, people] = useFound(typed.trim());
  const words = typed.trim().toLocaleLowerCase();
  const fits = ({ label }: Finding): boolean => label.toLocaleLowerCase().includes(words);
  const groups = [
    { label: t('recent'), items: words === '' ? places : [] },
    { label: t('pages'), items: own.filter(fits) },
    { label: t('actions'), items: actions.filter(fits) },
    { label: t('tasks'), items: tasks },
    { label: t('people'), items: people },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function usePageFindings(): Finding[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return usePages().map(({ address, title }) => ({
    key: `page ${address}`,
    label: t(title),
    onChoose: () => void navigate(address),
  }));
}

function usePlaces(recent: readonly string[]): Finding[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return recent.flatMap((place) => {
    const page = pages.find(({ address }) => matchPath(address, place));
    if (!page) return [];
    const onChoose = (): void => void navigate(place);
    return [{ key: `place ${place}`, label: t(page.title), detail: place, onChoose }];
  });
}

function useActions(): Finding[] {
  const { t } = useTranslation('finder');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const themes = useThemes();
  const languages = useLanguages();
  const settings = useSettingsEntry();
  const logOut = useLogOut();
  const newTask = (): void => void navigate(addresses.tasks, { state: { new: true } });
  return [
    { key: 'new task', label: t('newTask'), onChoose: newTask },
    ...themes.map((theme) => ({
      ...theme,
      key: `theme ${theme.key}`,
      label: `${common('shell.theme')}: ${theme.label}`,
    })),
    ...languages.map((language) => ({ ...language, key: `language ${language.key}` })),
    { key: 'copy id', label: t('copyId'), onChoose: () => void copy(me?.id ?? '', t('copied')) },
    settings,
    logOut,
  ];
}

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    sayDone(done);
  } catch (error) {
    sayFailed({ what: text, problem: toProblem(error) });
  }
}

/** Looks for tasks and people, as far as the signed-in person may. */
function useFound(words: string): [Finding[], Finding[]] {
  const navigate = useNavigate();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  const isAll = useMay('tasks.view-all');
  const addressOf = usePersonAddress();
  const enabled = asked.length >= LETTERS;
  const query = { q: asked, limit: OFFERED };
  const view = isAll ? ('all' as const) : ('mine' as const);
  const tasks = $api.useQuery(
    'get',
    '/api/v1/tasks',
    { params: { query: { ...query, view } } },
    { enabled },
  );
  const people = $api.useQuery(
    'get',
    '/api/v1/people',
    { params: { query } },
    { enabled: enabled && addressOf !== null },
  );
  if (words.length < LETTERS) return [[], []];
  return [
    (tasks.data?.items ?? []).map(({ id, jiraId, title }) => ({
      key: `task ${id}`,
      label: title,
      ...(jiraId !== null && { detail: jiraId }),
      onChoose: () => void navigate(generatePath(addresses.task, { id })),
    })),
    (people.data?.items ?? []).map(({ id, nickname }) => ({
      key: `person ${id}`,
      label: nickname,
      onChoose: () => void navigate(addressOf?.(id) ?? addresses.home),
    })),
  ];
}

/** Where people are shown to the signed-in person; null for whoever may see nobody. */
function usePersonAddress(): ((id: string) => string) | null {
  const isAdministrator = useMay('users.manage');
  const isAccountant = useMay('accounting.view-all');
  const isManager = useMay('tasks.view-all');
  if (isAdministrator) return (id) => generatePath(addresses.user, { id });
  if (isAccountant) return (userId) => generatePath(addresses.account, { userId });
  return isManager ? (id) => `${addresses.board}?assignee=${id}` : null;
}
