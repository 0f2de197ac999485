import { choice } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { type CommandTool, commandTools, frameKeys, readFrame } from './command/frame.ts';
import { type PulumiComponent, pulumiKeys, pulumiRules, readPulumi } from './command/pulumi.ts';
import { readSam, type SamComponent, samKeys, samRules } from './command/sam.ts';
import { readScript, type ScriptComponent, scriptKeys, scriptRules } from './command/script.ts';
import { readTerraform, type TerraformComponent, terraformKeys, terraformRules } from './command/terraform.ts';
import { commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** A tool that is run: tell them apart by `tool`. */
export type CommandComponent = ScriptComponent | TerraformComponent | PulumiComponent | SamComponent;

/** The keys that each tool has of its own. */
const ownKeys: Readonly<Record<CommandTool, readonly string[]>> = {
  script: Object.keys(scriptKeys),
  terraform: Object.keys(terraformKeys),
  opentofu: Object.keys(terraformKeys),
  pulumi: Object.keys(pulumiKeys),
  sam: Object.keys(samKeys),
};

export const command = defineTarget({
  name: 'command',
  description: 'A tool that is run on the runner: a script, Terraform, OpenTofu, Pulumi or the SAM CLI.',
  keys: {
    ...commonKeys,
    tool: choice(commandTools, 'What is run.'),
    ...frameKeys,
    ...scriptKeys,
    ...terraformKeys,
    ...pulumiKeys,
    ...samKeys,
  },
  rules: commandRules,
  read: (values, surroundings): CommandComponent => {
    const frame = readFrame(values, readCommon(values, surroundings));
    const { tool } = values;
    switch (tool) {
      case 'script':
        return readScript(values, frame);
      case 'terraform':
      case 'opentofu':
        return readTerraform(values, frame, tool);
      case 'pulumi':
        return readPulumi(values, frame);
      case 'sam':
        return readSam(values, frame);
    }
  },
});

function commandRules(declaration: Declaration): readonly Mistake[] {
  const tool = commandTools.find(name => name === declaration.tool);
  if (tool === undefined) return [];
  return [...foreignKeys(tool, declaration), ...cancelRule(tool, declaration), ...rulesOf(tool)(declaration)];
}

/** A service goes on without its run, and so does a stack; a command cannot. */
function cancelRule(tool: CommandTool, { 'on-cancel': onCancel }: Declaration): readonly Mistake[] {
  if (onCancel !== 'leave' || tool === 'sam') return [];
  const message = 'says nothing here: a command is asked to stop when its run is cancelled';
  return [{ path: ['on-cancel'], message, hint: 'remove it', at: 'key' }];
}

function rulesOf(tool: CommandTool): (declaration: Declaration) => readonly Mistake[] {
  switch (tool) {
    case 'script':
      return scriptRules;
    case 'terraform':
    case 'opentofu':
      return terraformRules;
    case 'pulumi':
      return pulumiRules;
    case 'sam':
      return samRules;
  }
}

/** One schema holds the keys of all tools, so that editors complete them; a key of another tool is said here. */
function foreignKeys(tool: CommandTool, declaration: Declaration): readonly Mistake[] {
  return Object.keys(declaration).flatMap(key => {
    const owners = commandTools.filter(other => ownKeys[other].includes(key));
    if (owners.length === 0 || owners.includes(tool)) return [];
    return { path: [key], message: `says nothing to ${tool}: it is a key of ${owners.join(' and ')}`, at: 'key' };
  });
}
