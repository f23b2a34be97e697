using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// bUnit is compiled against AngleSharp.Diffing 1.1; the copy beside the tests is 0.17, whose members it uses are the
/// same. The loader refuses a lower version by itself, so it is handed the copy here.
/// </summary>
internal static class AngleSharpDiffing
{
    [ModuleInitializer]
    internal static void AnswerWithTheCopyBesideTheTests() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
