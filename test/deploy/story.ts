import type { Plain } from '../../lib/topology/plain';
import { startEmulator, type Emulator } from './emulator';
import { openProject, type Project } from './project';

/** One topology over several versions of its spec. */
export interface Story {
  readonly url: string;
  /** What a version would do to what is deployed, address by address. */
  plan(settings: Plain): Promise<Record<string, string>>;
  /** Deploys a version, after which nothing is left to change. */
  deploy(settings: Plain): Promise<void>;
  readonly project: Project;
  end(): Promise<void>;
}

/** Begins a story of a topology, in an emulator of its own. */
export async function beginStory(name: string): Promise<Story> {
  const emulator: Emulator = await startEmulator();
  const project = openProject(name, emulator.url);
  return {
    url: emulator.url,
    project,
    plan: async (settings) => {
      project.write(settings);
      return (await project.diff(name)).actions;
    },
    deploy: async (settings) => {
      project.write(settings);
      await project.deploy(name);
      const { actions } = await project.diff(name);
      if (Object.keys(actions).length > 0)
        throw new Error(`after the deployment there is still to do: ${JSON.stringify(actions, null, 2)}`);
    },
    end: async () => {
      project.remove();
      await emulator.stop();
    },
  };
}
