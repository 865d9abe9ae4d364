package dev.offshoot.proof.fault;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A bug put into a compiled class: the sources know nothing of it. The changed class goes into a folder that stands in front of a
 * worker's class path.
 *
 * @param type the class's full name
 * @param method all methods whose names start so
 */
record Mutation(String type, String method, Change change) {
  private static final ClassDesc FUTURE = CompletableFuture.class.describeConstable().orElseThrow();

  /** What is changed. */
  sealed interface Change {
    /** The method does nothing but answer zero, false, null, or nothing. */
    record DoesNothing() implements Change {}

    /** The method does nothing but answer a future that is done. */
    record IsDoneAtOnce() implements Change {}

    /** Within the method these calls are left out; where they have an answer it is true, or null. */
    record LeavesOut(String call) implements Change {}
  }

  /** Writes the changed class; fails when there was nothing to change. */
  Path writeTo(Path folder) throws IOException {
    String file = type.replace('.', '/') + ".class";
    byte[] original;
    try (InputStream in = Mutation.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("There is no class " + type + " to change");
      }
      original = in.readAllBytes();
    }
    Path target = folder.resolve(file);
    Files.createDirectories(folder.resolve(type.substring(0, type.lastIndexOf('.')).replace('.', '/')));
    Files.write(target, changed(original));
    return folder;
  }

  byte[] changed(byte[] original) {
    ClassFile classFile = ClassFile.of();
    AtomicInteger changes = new AtomicInteger();
    byte[] result = classFile.transformClass(classFile.parse(original), (builder, element) -> {
      if (element instanceof MethodModel found && found.methodName().stringValue().startsWith(method)) {
        builder.transformMethod(found, MethodTransform.transformingCode(code(found, changes)));
      } else {
        builder.with(element);
      }
    });
    if (changes.get() == 0) {
      throw new IllegalStateException(type + "." + method + " has nothing to change");
    }
    return result;
  }

  private CodeTransform code(MethodModel found, AtomicInteger changes) {
    return switch (change) {
      case Change.LeavesOut(String call) -> (builder, element) -> {
        if (element instanceof InvokeInstruction invoke && invoke.name().equalsString(call)) {
          changes.incrementAndGet();
          leaveOut(builder, invoke);
        } else {
          builder.with(element);
        }
      };
      case Change.DoesNothing _ -> body(changes, builder -> zero(builder, TypeKind.from(found.methodTypeSymbol().returnType())));
      case Change.IsDoneAtOnce _ -> body(changes, builder -> builder.aconst_null()
          .invokestatic(FUTURE, "completedFuture", MethodTypeDesc.of(FUTURE, ConstantDescs.CD_Object)).areturn());
    };
  }

  /** This instead of all that was there. */
  private static CodeTransform body(AtomicInteger changes, Consumer<CodeBuilder> instead) {
    return new CodeTransform() {
      @Override
      public void accept(CodeBuilder builder, CodeElement element) {
        changes.incrementAndGet();
      }

      @Override
      public void atEnd(CodeBuilder builder) {
        instead.accept(builder);
      }
    };
  }

  private static void zero(CodeBuilder builder, TypeKind kind) {
    switch (kind.asLoadable()) {
      case INT -> builder.iconst_0().ireturn();
      case LONG -> builder.lconst_0().lreturn();
      case FLOAT -> builder.fconst_0().freturn();
      case DOUBLE -> builder.dconst_0().dreturn();
      case REFERENCE -> builder.aconst_null().areturn();
      case VOID -> builder.return_();
      case BOOLEAN, BYTE, CHAR, SHORT -> throw new IllegalStateException("these are ints when they are loaded");
    }
  }

  private static void leaveOut(CodeBuilder builder, InvokeInstruction invoke) {
    invoke.typeSymbol().parameterList().reversed().forEach(parameter -> pop(builder, TypeKind.from(parameter)));
    if (invoke.opcode() != Opcode.INVOKESTATIC) {
      builder.pop();
    }
    switch (TypeKind.from(invoke.typeSymbol().returnType()).asLoadable()) {
      case VOID -> { }
      case INT -> builder.iconst_1();
      case REFERENCE -> builder.aconst_null();
      case BOOLEAN, BYTE, CHAR, SHORT, LONG, FLOAT, DOUBLE ->
          throw new IllegalStateException("A call that answers " + invoke.typeSymbol().returnType() + " can't be left out");
    }
  }

  private static void pop(CodeBuilder builder, TypeKind kind) {
    if (kind.slotSize() == 2) {
      builder.pop2();
    } else {
      builder.pop();
    }
  }
}
