package dev.offshoot.worker.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Loads the runtime and its simulation anew, with some calls of the runtime replaced by {@link PlantedBugs}. */
final class PlantingLoader extends ClassLoader {
  private static final String PACKAGE = "dev.offshoot.worker.runtime.";

  private final List<Bug> bugs;
  private final Set<Bug> planted = new HashSet<>();

  /**
   * A call that is replaced.
   *
   * @param in the simple name of the class of the runtime that calls
   * @param call {@code Owner.method} as it stands there, the owner's simple name
   * @param by the method of {@link PlantedBugs}
   */
  record Bug(String in, String call, String by) {}

  PlantingLoader(Bug... bugs) {
    super(PlantingLoader.class.getClassLoader());
    this.bugs = Arrays.asList(bugs);
  }

  /** Whether each call was found. */
  boolean isPlanted() {
    return planted.containsAll(bugs);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = transformed(name.substring(PACKAGE.length()), in.readAllBytes());
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] transformed(String simpleName, byte[] code) {
    List<Bug> here = bugs.stream().filter(bug -> bug.in().equals(simpleName)).toList();
    if (here.isEmpty()) {
      return code;
    }
    ClassFile files = ClassFile.of();
    return files.transformClass(files.parse(code), ClassTransform.transformingMethodBodies((builder, element) -> {
      if (element instanceof InvokeInstruction call && call.opcode() != Opcode.INVOKESTATIC) {
        for (Bug bug : here) {
          if (bug.call().equals(call.owner().asSymbol().displayName() + "." + call.name().stringValue())) {
            planted.add(bug);
            MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, call.owner().asSymbol());
            builder.invokestatic(ClassDesc.of(PACKAGE + "PlantedBugs"), bug.by(), type);
            return;
          }
        }
      }
      builder.with(element);
    }));
  }
}
