package dev.offshoot.cli.fault;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.offshoot.cli.fault.CompiledClasses.Compiled;
import dev.offshoot.cli.system.WorkerName;

/**
 * All fault points, found where the compiled code calls {@code FaultPoint.at} with a literal: a list that somebody keeps
 * could forget one.
 *
 * @param problems what breaks the law of their names, for a person to read
 */
public record FaultCatalogue(List<FaultPlace> places, List<String> problems) {
  private static final String OWNER = "dev/offshoot/fault/FaultPoint";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");

  public FaultCatalogue {
    places = List.copyOf(places);
    problems = List.copyOf(problems);
  }

  /** Of the running program. */
  public static FaultCatalogue ofThisProgram() {
    return of(System.getProperty("java.class.path"));
  }

  static FaultCatalogue of(String classPath) {
    List<Compiled> classes = CompiledClasses.of(classPath);
    Map<String, List<String>> workers = workersByClass(classes);
    List<FaultPlace> places = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Compiled compiled : classes) {
      String type = compiled.model().thisClass().asInternalName();
      for (MethodModel method : compiled.model().methods()) {
        String place = type.substring(type.lastIndexOf('/') + 1) + "." + written(method.methodName().stringValue());
        for (String name : namesIn(method, place, problems)) {
          places.add(new FaultPlace(name, compiled.module(), place, workers.getOrDefault(type, List.of())));
        }
      }
    }
    places.sort(Comparator.comparing(FaultPlace::name));
    problems.addAll(againstTheLaw(places));
    return new FaultCatalogue(places, problems);
  }

  private static List<String> namesIn(MethodModel method, String place, List<String> problems) {
    List<String> names = new ArrayList<>();
    List<CodeElement> code = method.code().map(c -> c.elementList()).orElse(List.of());
    Instruction before = null;
    for (CodeElement element : code) {
      if (element instanceof InvokeInstruction call && call.owner().asInternalName().equals(OWNER)) {
        if (before instanceof ConstantInstruction literal && literal.constantValue() instanceof String name) {
          names.add(name);
        } else {
          problems.add(place + ": the name of a fault point must be a literal where it is called");
        }
      }
      if (element instanceof Instruction instruction) {
        before = instruction;
      }
    }
    return names;
  }

  /** The method that a lambda stands in: the compiler calls it {@code lambda$method$0}. */
  private static String written(String method) {
    return method.startsWith("lambda$") ? method.substring("lambda$".length(), method.lastIndexOf('$')) : method;
  }

  private static List<String> againstTheLaw(List<FaultPlace> places) {
    List<String> problems = new ArrayList<>();
    Map<String, FaultPlace> seen = new HashMap<>();
    for (FaultPlace place : places) {
      if (!NAME.matcher(place.name()).matches()) {
        problems.add(place.place() + ": '" + place.name() + "' must be small letters, digits and dashes in two or more "
            + "parts with dots between them");
      }
      FaultPlace other = seen.putIfAbsent(place.name(), place);
      if (other != null) {
        problems.add("'" + place.name() + "' stands in " + other.place() + " and in " + place.place());
      }
    }
    return problems;
  }

  /** A worker may come past everything that its own class leads to, step by step. */
  private static Map<String, List<String>> workersByClass(List<Compiled> classes) {
    Map<String, ClassModel> byName = classes.stream()
        .collect(Collectors.toMap(c -> c.model().thisClass().asInternalName(), Compiled::model, (one, _) -> one));
    Map<String, List<String>> workers = new HashMap<>();
    Arrays.stream(WorkerName.values()).sorted().forEach(worker ->
        reachable(worker.graph().getName().replace('.', '/'), byName)
            .forEach(type -> workers.computeIfAbsent(type, _ -> new ArrayList<>()).add(worker.label())));
    return workers;
  }

  private static Set<String> reachable(String from, Map<String, ClassModel> classes) {
    Set<String> reached = new HashSet<>(Set.of(from));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      ClassModel model = classes.get(open.pop());
      if (model != null) {
        StreamSupport.stream(model.constantPool().spliterator(), false)
            .filter(ClassEntry.class::isInstance).map(entry -> ((ClassEntry) entry).asInternalName())
            .filter(name -> classes.containsKey(name) && reached.add(name)).forEach(open::push);
      }
    }
    return reached;
  }
}
