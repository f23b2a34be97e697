using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>How much a run of faults had to show.</summary>
internal static class FaultFigures
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Whether so little was done that nothing can be said.</summary>
    public static bool TooLittle(SendingPlatform platform, string[] journals) => platform.Items.Count < 10 || Count(journals, "decided") < 5;

    /// <summary>The figures in words.</summary>
    public static async Task<string> TellAsync(
        FaultScene scene, SendingPlatform platform, string[] journals, IReadOnlyDictionary<FaultKind, int> befell, double seconds, double inAll)
    {
        (int decisions, int actions, int drawn, int media) = await scene.ReadAsync(async db => (
            await db.Set<Decision>().CountAsync(Cancel), await db.Set<EnforcementAction>().CountAsync(Cancel),
            await db.Set<MediaObject>().CountAsync(row => row.State == MediaState.Ready, Cancel), await db.Set<MediaObject>().CountAsync(Cancel)));
        string faults = string.Join(", ", befell.OrderBy(row => row.Key).Select(row => $"{row.Value} {row.Key}"));
        IEnumerable<string> met = journals.SelectMany(path => Journal.Read(path, "fault")).CountBy(words => string.Join(' ', words.Take(14)))
            .OrderByDescending(row => row.Value).Take(20).Select(row => $"  {row.Value} times {row.Key}");
        IEnumerable<string> refused = journals.SelectMany(path => Journal.Read(path, "refused")).CountBy(words => words[0]).Select(row => $"{row.Value} {row.Key}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {faults} in {seconds:0} s ({inAll:0} s in all)
            acknowledged: {platform.Items.Count} items, {platform.Reports.Count} reports, {Count(journals, "decided")} decisions, {Count(journals, "undone")} undone; refused: {string.Join(", ", refused)}
            stored: {decisions} decisions, {actions} actions, {scene.Receiver.Received.Count} calls, {drawn} of {media} media drawn, {Count(journals, "served")} reveals served, {Count(journals, "hidden")} hidden
            moderators met:
            {string.Join('\n', met)}
            """);
    }

    private static int Count(string[] journals, string act) => journals.Sum(path => Journal.Read(path, act).Count);
}
