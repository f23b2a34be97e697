using System.Collections;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

/// <summary>
/// A child-safety item is visible only with its own permission: every query that there is is asked, by a person who has all
/// permissions but that one, for everything and for the very case, and nothing of it may be in any answer.
/// </summary>
public sealed class ChildSafetySightTests : IAsyncLifetime
{
    private const long Before = 7_654_320;
    private const string Canary = "canary";

    // These change something, or answer with bytes and have tests of their own. Whoever adds a use case says which it is.
    private static readonly string[] s_commandVerbs =
    [
        "Accept", "Add", "Answer", "AskFor", "Assign", "Authenticate", "Break", "Cancel", "Change", "Choose", "Claim", "Close", "Comment", "Confirm", "Consult", "Create", "Decide", "Disable", "Enable", "End", "Erase", "Escalate", "Fill", "Forget", "Gather", "Grace", "Hide",
        "Import", "Keep", "Lift", "Make", "Mark", "Move", "Note", "Open" + nameof(Media), "Pause", "Place", "Propose", "Prove", "Publish", "Raise", "Receive", "Record", "Release", "Remove", "Rename", "Renew", "Replay", "Request", "Reset", "Resume", "Retire", "Reveal", "Revoke", "Rewrite", "Rotate", "Run", "Save", "Set",
        "Show", "Sign", "Start", "Store", "Take", "Undo", "Unmask", "Withdraw", "Write",
    ];

    private static readonly Type[] s_queries =
    [
        .. UseCases.In(typeof(UseCases).Assembly).Where(type => !s_commandVerbs.Any(verb => type.Name.StartsWith(verb, StringComparison.Ordinal)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private DecisionDesk _desk = null!;
    private Caller _insider = null!;
    private Caller _outsider = null!;
    private CanaryArguments _asked = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Permission[] all = Enum.GetValues<Permission>();
        _desk = await DecisionDesk.OpenAsync(own: [.. all.Where(permission => permission != Permission.ChildSafety)]);
        _outsider = _desk.Person;
        _insider = await _desk.Console.PersonAsync(own: all);
        CaseQueue special = await _desk.Console.QueueAsync([_insider, _outsider], kind: QueueKind.ChildSafety);
        long number = await HiddenCaseAsync(special);
        _asked = new CanaryArguments(number, Canary);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Query_AskedWithoutThePermission_TellsNothingOfAChildSafetyItem()
    {
        Dictionary<string, string> answers = await AskAllAsync(_outsider);

        string[] telling = [.. answers.Where(answer => Tells(answer.Value)).Select(answer => answer.Key)];
        Assert.True(telling.Length == 0, $"These told of a child-safety item: {string.Join(", ", telling)}");
        Assert.Empty(s_queries.Select(type => type.Name).Except(answers.Keys));
    }

    [Fact]
    public async Task Query_AskedWithThePermission_FindsIt()
    {
        Dictionary<string, string> answers = await AskAllAsync(_insider);

        string[] telling = [.. answers.Where(answer => Tells(answer.Value)).Select(answer => answer.Key)];
        string[] expected = ["FollowDecisions", "ListCaseComments", "ListCaseDecisions", "ListCases", "ListDeliveries", "OpenCase", "ReadCase", "ReadCaseList", "SearchAudit"];
        Assert.Empty(expected.Except(telling));
    }

    private static bool Tells(string answer) =>
        answer.Contains(Canary, StringComparison.OrdinalIgnoreCase) || answer.Contains($"{Before + 1}", StringComparison.Ordinal);

    private async Task<Dictionary<string, string>> AskAllAsync(Caller caller)
    {
        Dictionary<string, string> answers = new(StringComparer.Ordinal);
        foreach (Type type in s_queries)
        {
            object query = _desk.Console.Services.GetService(type) ?? throw new InvalidOperationException($"{type.Name} is not registered.");
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName))
            {
                foreach (object?[] arguments in _asked.For(method, caller))
                {
                    if (await AskAsync(query, method, arguments) is { } answer)
                    {
                        answers[type.Name] = answers.GetValueOrDefault(type.Name) + answer;
                    }
                }
            }
        }

        return answers;
    }

    // Null when these arguments made no sense to the query: other ones do, or the test says that it was not asked.
    private static async Task<string?> AskAsync(object query, MethodInfo method, object?[] arguments)
    {
        try
        {
            object? asked = method.Invoke(query, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            if (asked is Task work)
            {
                await work;
            }

            object? answer = asked?.GetType().GetProperty("Result")?.GetValue(asked);
            return JsonSerializer.Serialize(answer is IEnumerable rows ? rows.Cast<object>().ToArray() : answer);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>A case that was seen, reported, decided and acted upon by those who may, and stands beside an ordinary one.</summary>
    private async Task<long> HiddenCaseAsync(CaseQueue special)
    {
        TestConsole console = _desk.Console;
        // A number that turns up nowhere by chance.
        await console.WriteAsync(async scope =>
        {
            ItemVersion item = new() { TypeId = "post", ItemId = "filler", ContentHash = new byte[32], Data = "{}", Text = "", ReceivedAt = scope.Now };
            scope.Db.Add(item);
            await scope.Db.SaveChangesAsync();
            scope.Db.Add(new Case { Number = Before, ItemVersionId = item.Id, OpenedAt = scope.Now, LastEvidenceAt = scope.Now });
            return 0;
        });
        (Case about, ReviewTask task) = await console.CaseAsync(
            special, $"{Canary} text", sensitivity: Sensitivity.ChildSafety, itemId: $"{Canary}-item", language: $"x-{Canary}"[..8]);
        await console.WriteAsync(scope =>
        {
            MediaObject media = new() { SourceUrl = $"https://cdn.example.net/{Canary}.jpg", ChildSafety = true };
            scope.Db.Add(media);
            scope.Db.Add(new ItemMedia { ItemVersionId = about.ItemVersionId, MediaId = media.Id, Field = "images" });
            scope.Db.Add(new CaseComment { CaseNumber = about.Number, Text = $"{Canary} comment", At = scope.Now });
            scope.Db.Add(new Report { CaseNumber = about.Number, ReporterTypeId = "account", ReporterId = "u-9", Reason = $"{Canary} reason", ReportedAt = scope.Now, ReceivedAt = scope.Now });
            // The outsider's own case names it as part of its thread and as further context.
            scope.Db.Add(new RelatedItem { CaseNumber = _desk.Case.Number, ItemVersionId = about.ItemVersionId, Relation = ItemRelation.Thread });
            // So is another version of it, which nobody has judged.
            ItemVersion edited = new() { TypeId = "post", ItemId = $"{Canary}-item", Number = 2, ContentHash = [.. new byte[31], 1], Data = "{}", Text = $"{Canary} edited", ReceivedAt = scope.Now };
            scope.Db.Add(edited);
            scope.Db.Add(new RelatedItem { CaseNumber = _desk.Case.Number, ItemVersionId = edited.Id, Relation = ItemRelation.Additional, Position = 1 });
            return Task.FromResult(0);
        });
        ActionDefinition action = await console.ActionAsync();
        ActiveLease lease = await console.HoldAsync(_insider, task);
        DecideCommand command = new(task.Number, lease.Fence, Verdict.Violation) { Actions = [new ActionOrder(action.Id)], ReasonForUser = $"{Canary} words", InternalNote = $"{Canary} note" };
        Assert.Equal(DecideOutcome.Decided, (await console.Use<DecideCase>().RunAsync(_insider, command, Cancel)).Outcome);
        console.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Before + 1, about.Number);
        return about.Number;
    }
}
