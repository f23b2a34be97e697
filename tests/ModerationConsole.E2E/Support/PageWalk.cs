using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace ModerationConsole.E2E.Support;

/// <summary>Opens every page that has an address, and every page that another leads to; of those that differ by a number, one.</summary>
internal static partial class PageWalk
{
    /// <summary>The most pages that one walk opens.</summary>
    public const int MostPages = 80;

    // Pages outside the shell have no circuit.
    private const string Settled = """
        () => (document.body.dataset.circuit === 'ready' || !document.querySelector('.shell')) && !document.querySelector('.skeleton')
            && [...document.images].every((image) => image.complete)
        """;

    /// <summary>Walks as whoever is signed in, and returns how many pages were opened.</summary>
    /// <param name="opened">Told each page's address when it has settled.</param>
    public static async Task<int> RunAsync(IPage page, string address, Func<string, Task>? opened = null)
    {
        Queue<string> ahead = new(Routes());
        HashSet<string> seen = [.. ahead.Select(Shape)];
        int count = 0;
        while (count < MostPages && ahead.TryDequeue(out string? path))
        {
            count++;
            await page.GotoAsync(path);
            await page.WaitForFunctionAsync(Settled);
            foreach (string link in await page.Locator("a[href]:not([download])").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"))
            {
                Uri target = new(link);
                if (target.Authority == new Uri(address).Authority && !target.AbsolutePath.StartsWith("/account/logout", StringComparison.Ordinal)
                    && !target.AbsolutePath.EndsWith("/proof", StringComparison.Ordinal) && seen.Add(Shape(target.PathAndQuery)))
                {
                    ahead.Enqueue(target.PathAndQuery);
                }
            }

            await (opened?.Invoke(path) ?? Task.CompletedTask);
        }

        return count;
    }

    // Pages without parameters; the others are found by their links.
    private static IEnumerable<string> Routes() =>
        typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)
            .Where(template => !template.Contains('{', StringComparison.Ordinal) && !template.StartsWith("/account/", StringComparison.Ordinal))
            .Append("/cases/1").Distinct();

    private static string Shape(string path) => Numbers().Replace(path.Split('?')[0], "#");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+")]
    private static partial Regex Numbers();
}
