import { Button } from '@mantine/core';
import { Component } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problems';
import { RequestId } from '../ui/request-id';

/** Chunks of an earlier release are gone: browsers word it differently. */
const MISSING_CHUNK = /dynamically imported module|module script failed|Unable to preload/i;

/** Error boundary: what failed is replaced by a card; everything around it goes on. */
export class Boundary extends Component<
  { children: React.ReactNode; resetKey: string },
  { error: unknown }
> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidUpdate(before: { resetKey: string }): void {
    if (before.resetKey !== this.props.resetKey && this.state.error !== null) this.reset();
  }

  private readonly reset = (): void => this.setState({ error: null });

  override render(): React.ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Failed error={this.state.error} onReset={this.reset} />;
  }
}

function Failed({ error, onReset }: { error: unknown; onReset: () => void }) {
  const { t } = useTranslation();
  const isOutdated = error instanceof Error && MISSING_CHUNK.test(error.message);
  return (
    <div role="alert">
      <h2>{t(isOutdated ? 'failure.newVersion' : 'failure.pageTitle')}</h2>
      {error instanceof Problem && <RequestId problem={error} />}
      <Button onClick={isOutdated ? () => location.reload() : onReset}>
        {t(isOutdated ? 'actions.reload' : 'failure.reloadPart')}
      </Button>
    </div>
  );
}
