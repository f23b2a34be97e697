using System.Globalization;
using System.Text;
using Deque.AxeCore.Commons;

namespace ModerationConsole.E2E.Support;

/// <summary>Looks for what shuts people out, with axe, in every theme and on a wide and a narrow screen.</summary>
public static class AxeScan
{
    // Every rule that axe runs by itself, and two that it leaves to those who ask. Another theme changes nothing but colours.
    private const string Run = """
        async coloursOnly => {
            const options = coloursOnly
                ? { runOnly: ['color-contrast', 'link-in-text-block'] }
                : { rules: { 'label-content-name-mismatch': { enabled: true }, 'target-size': { enabled: true } } };
            const found = await axe.run(document, { ...options, resultTypes: ['violations'] });
            // What lies under a form's bar is hit only after scrolling. Of what the bar cuts through only the rest above it is reckoned
            // with, which seems to lie closer to its neighbour than it does.
            const bar = document.querySelector('.form-actions')?.getBoundingClientRect().top ?? Infinity;
            const under = target => document.querySelector(target).getBoundingClientRect().bottom + 12 > bar;
            const near = node => node.any.flatMap(check => check.relatedNodes);
            const covered = (rule, node) => rule.id === 'target-size'
                && (under(node.target[0]) || (near(node).length > 0 && near(node).every(other => under(other.target[0]))));
            return found.violations
                .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
                .flatMap(rule => rule.nodes.filter(node => !covered(rule, node)).map(node => `${rule.id} (${rule.impact}) ${node.html} ${node.failureSummary} ${near(node).map(other => other.html).join(' ')}`));
        }
        """;

    // Until colours and sizes have stopped changing.
    private const string Still = """
        async () => {
            const frame = () => new Promise(requestAnimationFrame);
            await frame();
            await frame();
            // One without an end, such as the breathing circle of a break, would be waited for without an end.
            const ending = document.getAnimations().filter(animation => animation.effect?.getComputedTiming().endTime !== Infinity);
            await Promise.allSettled(ending.map(animation => animation.finished));
        }
        """;

    /// <summary>Names a folder that gets a picture of everything that is looked at, in each theme and size; none where it is not set.</summary>
    private const string PicturesVariable = "MODERATION_TEST_PICTURES";

    private static int s_pictures;

    private static readonly string[] s_themes = ["light", "dark", "calm"];
    private static readonly (int Width, int Height)[] s_screens = [(1440, 900), (390, 844)];
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Fails on anything serious or critical. What the page shows stays as it is: only theme and size change.</summary>
    public static async Task AssertNothingSeriousAsync(this IPage page)
    {
        StringBuilder found = new();
        await page.EvaluateAsync(s_axe);
        foreach ((int width, int height) in s_screens)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (string theme in s_themes)
            {
                await page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
                await page.EvaluateAsync(Still);
                await KeepPictureAsync(page, $"{theme}-{width}");
                foreach (string fault in await page.EvaluateAsync<string[]>(Run, theme != s_themes[0]))
                {
                    found.AppendLine(CultureInfo.InvariantCulture, $"{theme} {width}: {fault}");
                }
            }
        }

        Assert.True(found.Length == 0, $"{page.Url}\n{found}");
    }

    private static async Task KeepPictureAsync(IPage page, string look)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is not { Length: > 0 } folder)
        {
            return;
        }

        string where = new([.. new Uri(page.Url).AbsolutePath.Trim('/').Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);
        string file = string.Create(CultureInfo.InvariantCulture, $"{where}-{Interlocked.Increment(ref s_pictures):D4}-{look}.png");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled });
    }
}
