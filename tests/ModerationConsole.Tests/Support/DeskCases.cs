using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support;

/// <summary>Cases as the desk gets them, to be shaped by <c>with</c>.</summary>
public static class DeskCases
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static DeskPolicy Threats { get; } = new("pol_threats", "2.1", "Threats of violence", Severity.Severe, 1, ["act_remove", "act_suspend"], ["Threatens a person.", "Calls for violence."]);

    public static DeskPolicy Spam { get; } = new("pol_spam", "5.1", "Spam", Severity.Low, 2, ["act_remove"], []);

    public static DeskPolicy Doxxing { get; } = new("pol_doxxing", "3.4", "Doxxing", Severity.High, null, [], ["Tells where a person lives."]);

    public static DeskAction Remove { get; } = new("act_remove", "Remove the post", "", ActionTarget.Item, Reversible: true, "", []);

    public static DeskAction Suspend { get; } = new("act_suspend", "Suspend the account", "", ActionTarget.Author, Reversible: false, "", []);

    /// <summary>A reported post in a queue that asks for policy and reason.</summary>
    public static DeskCase Post(string text = "Some text") => new()
    {
        TaskNumber = 7,
        Fence = 3,
        CaseNumber = 48213,
        Kind = TaskKind.First,
        Queue = new DeskQueue(Guid.Empty, "Harassment", "harassment", QueueKind.Review, PolicyRequired: true, ReasonRequired: true, ["pol_threats", "pol_spam"]),
        Sensitivity = Sensitivity.Ordinary,
        Severity = Severity.Severe,
        DueAt = Now.AddMinutes(42),
        Language = "en",
        Source = CaseSource.Report,
        OpenedAt = Now.AddHours(-3),
        CaseVersion = 1,
        Item = Item(text),
        Media = [],
        Author = new DeskAuthor("account", "u-1", "northwind", Now.AddDays(-30), null, Violations: 2, Reviewed: 9, OpenCases: 1),
        Reports = [Report("r-1"), Report("r-2")],
        Thread = [],
        Related = [],
        History = [],
        EarlierDecisions = [],
        Policies = [Threats, Spam, Doxxing],
        Actions = [Remove, Suspend],
        Draft = null,
    };

    public static DeskItem Item(string text, bool judged = true, string id = "p-1") => new(
        Guid.CreateVersion7(), "post", "Post", ItemKind.Content, id, "northwind", "account", "u-1", null, null, "en", Now.AddHours(-3),
        [new DeskField("text", FieldType.String, FieldRole.None, Sensitive: false, [text])], 0, judged, Reported: judged);

    public static DeskReport Report(string reporter, string? policyName = "Threats of violence", string? reason = null) =>
        new(Guid.CreateVersion7(), "pol_threats", policyName, reason, ChildSafety: false, reporter, Now.AddHours(-1));

    public static DeskMedia Media(MediaState state = MediaState.Ready, MediaKind kind = MediaKind.Image, string? problem = null, string? category = "Weapon") =>
        new(Guid.CreateVersion7(), 0, "images", kind, state, category, problem, kind == MediaKind.Video ? 31 : null);
}
