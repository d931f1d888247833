import type { CheckDocument } from '../document/check';
import { renderCodeQuality } from './check-codequality';
import { renderGithub } from './check-github';
import { renderJunit } from './check-junit';
import { renderCheckMarkdown } from './check-markdown';
import { renderSarif } from './check-sarif';

/** What CI systems read, by the name of the format. They show what could not be read as well. */
export const checkFormats: Readonly<Record<string, (document: CheckDocument) => string>> = {
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
  codequality: renderCodeQuality,
  markdown: renderCheckMarkdown,
};
