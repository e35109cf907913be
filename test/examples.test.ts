import { espalier } from './repository';

test.each(['apps', 'kinds', 'secrets'])(
  'the committed tree of examples/%s is what its main.ts yields, and has no findings',
  async (name) => {
    expect(await espalier(['synth', `examples/${name}/main.ts`, '--check'])).toMatchObject({ code: 0, stderr: '' });
    expect(await espalier(['check', `examples/${name}/dist`])).toMatchObject({ code: 0, stderr: '' });
  },
);
