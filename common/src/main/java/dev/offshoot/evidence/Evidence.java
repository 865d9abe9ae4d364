package dev.offshoot.evidence;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Incarnation;

/**
 * One run of a commit's migrations. A run that is carried on with after a kill or a failure is one document with the earlier attempts'
 * scripts in front, so that every applied script of the commit is in it once.
 *
 * @param scripts that were started, in order
 * @param statements of all scripts, in order
 */
public record Evidence(
    Run run, Plan plan, List<ScriptEvidence> scripts, List<StatementEvidence> statements, Measuring measuring) {
  public Evidence {
    scripts = List.copyOf(scripts);
    statements = List.copyOf(statements);
  }

  /** The document's key in the blob store; a rehearsal's stands below its environment's. */
  public static String key(EnvironmentId environment, Incarnation incarnation, Commit commit) {
    return "evidence/" + environment.folder() + "/i" + incarnation + "/" + commit + ".json";
  }

  /** This attempt and what an earlier one at the same commit did: a script that was run again counts as it went now. */
  public Evidence after(Evidence earlier) {
    Set<String> again = scripts.stream().map(ScriptEvidence::script).collect(Collectors.toSet());
    boolean carriesOn = plan.decision() == PlanDecision.NOTHING || plan.decision() == PlanDecision.MIGRATE;
    return new Evidence(run,
        carriesOn ? new Plan(PlanDecision.MIGRATE, earlier.plan.base(), plan.reached(), plan.changes(), plan.rebuilt()) : plan,
        Stream.concat(earlier.scripts.stream().filter(one -> !again.contains(one.script())), scripts.stream()).toList(),
        Stream.concat(earlier.statements.stream().filter(one -> !again.contains(one.source().script())), statements.stream())
            .toList(),
        measuring);
  }

  /** The statements of one script. */
  public List<StatementEvidence> of(ScriptEvidence script) {
    return statements.stream().filter(one -> one.source().script().equals(script.script())).toList();
  }
}
