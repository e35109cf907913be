import { YamlOutputType } from 'cdk8s';
import { plainFleet } from './plain-fleet';
import { wanted } from './shape';

const [outdir, yamlOutputType] = process.argv.slice(2) as [string, keyof typeof YamlOutputType];
plainFleet(wanted, { outdir, yamlOutputType: YamlOutputType[yamlOutputType] }).synth();
