# Runs one Python step inside the jail: reads {"code", "inputs"} from descriptor 4, runs the code as step.py, writes
# {"result": …} or {"error": {type, message, line}} to descriptor 3 and progress lines to descriptor 5.
#
# Nothing here protects anything: the kernel does. What is written to descriptor 3 is untrusted to the reader.
import builtins
import json
import os
import sys
import time
import types

NAME = "step.py"


def _main():
    with os.fdopen(4, "rb") as job_file:
        job = json.load(job_file)
    # Out of the way of child processes: these numbers are theirs to use.
    result_file = os.dup(3)
    progress_file = os.dup(5)
    os.close(3)
    os.close(5)
    process = os.getpid()
    code = job["code"]
    inputs = job["inputs"]

    def write_all(descriptor, text):
        data = text.encode("utf-8", "backslashreplace")
        while data:
            data = data[os.write(descriptor, data) :]

    last_progress = 0.0

    def progress(done, of=None, note=None):
        """Reports how far the step is: `done` of `of`, and what it is at."""
        nonlocal last_progress
        now = time.monotonic()
        if now - last_progress < 0.05 and done != of:
            return
        last_progress = now
        line = {"done": done, "of": of, "note": None if note is None else str(note)[:200]}
        write_all(progress_file, json.dumps(line) + "\n")

    def report_error(error):
        line, trace = None, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == NAME:
                line = trace.tb_lineno
            trace = trace.tb_next
        if isinstance(error, SyntaxError) and error.filename == NAME:
            line = error.lineno
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        document = {"type": type(error).__name__, "message": message[:2000], "line": line}
        write_all(result_file, json.dumps({"error": document}))

    def show(error):
        import linecache
        import traceback

        linecache.cache[NAME] = (len(code), None, [line + "\n" for line in code.split("\n")], NAME)
        # The frames of this file say nothing to the person who wrote the code.
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename != NAME:
            trace = trace.tb_next
        traceback.print_exception(type(error), error, trace)

    def unfit(value, path="result"):
        """The path and kind of the first part of `value` that JSON cannot hold."""
        if value is None or isinstance(value, (str, bool, int)):
            return None
        if isinstance(value, float):
            return None if value == value and abs(value) != float("inf") else (path, repr(value))
        if isinstance(value, dict):
            for key, part in value.items():
                if not isinstance(key, (str, int, float, bool, type(None))):
                    return path, "a dict whose key is of type " + type(key).__name__
                found = unfit(part, "%s[%r]" % (path, key))
                if found:
                    return found
            return None
        if isinstance(value, (list, tuple)):
            for index, part in enumerate(value):
                found = unfit(part, "%s[%d]" % (path, index))
                if found:
                    return found
            return None
        return path, "of type " + type(value).__name__

    def write_result(value):
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            try:
                found = unfit(value)
            except RecursionError:
                found = None
            reason = "%s is %s" % found if found else str(error)
            raise TypeError("the result is not JSON: %s" % reason) from None
        write_all(result_file, '{"result": %s}' % text)

    module = types.ModuleType("__main__")
    names = module.__dict__
    names.update(__builtins__=builtins, __file__=NAME, inputs=inputs, progress=progress)
    sys.modules["__main__"] = module
    sys.argv = [NAME]
    sys.path.insert(0, "/job")
    # Scripts call these two, which come with the site module otherwise.
    builtins.exit = builtins.quit = sys.exit
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")

    def takes_inputs(function):
        """Whether `function(inputs)` is a call it takes. The inspect module would cost 15 ms of every start."""
        shape = function.__code__
        has_room = shape.co_argcount > 0 or shape.co_flags & 0x04
        wanted = shape.co_argcount - len(function.__defaults__ or ())
        wanted_by_name = shape.co_kwonlyargcount - len(function.__kwdefaults__ or ())
        return has_room and wanted <= 1 and wanted_by_name <= 0

    def run():
        exec(compile(code, NAME, "exec"), names)
        main = names.get("main")
        if isinstance(main, types.FunctionType) and takes_inputs(main):
            value = main(inputs)
            if isinstance(value, types.CoroutineType):
                import asyncio

                value = asyncio.run(value)
            if value is not None:
                return True, value
        return "result" in names, names.get("result")

    try:
        try:
            given, value = run()
        except SystemExit as error:
            if error.code not in (None, 0):
                raise
            given, value = "result" in names, names.get("result")
        # A child that the code forked and did not end comes here as well.
        if given and os.getpid() == process:
            write_result(value)
    except SystemExit:
        raise
    except BaseException as error:
        if os.getpid() == process:
            report_error(error)
        show(error)
        sys.exit(1)


_main()
