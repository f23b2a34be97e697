using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>People, a queue, policies and waiting cases, made through the use cases.</summary>
internal sealed class DeskWorld
{
    public const string PolicyId = "pol_benchmark";
    public const string ActionId = "act_benchmark";

    private const string Words = "the quick brown fox jumps over a lazy dog while rain falls on quiet streets ";

    private static readonly string[] s_syllables = [.. from first in "bdfgklmnprst" from second in "aeiou" from third in "lmnrst" select $"{first}{second}{third}"];

    public required IReadOnlyList<Caller> Moderators { get; init; }

    public static async Task<DeskWorld> MakeAsync(BenchmarkConsole console, int moderators, int cases)
    {
        await MakeRulesAsync(console);
        List<Caller> people = [];
        for (int i = 0; i < moderators; i++)
        {
            AddPersonOutcome added = await console.Get<AddPerson>().RunAsync(
                Caller.System, new NewPerson($"benchmark{i}@test.local", $"Benchmark {i}", [Roles.Moderator]), CancellationToken.None);
            people.Add(added.Result == AddPersonResult.Added ? Caller.Person(added.PersonId) : throw new InvalidOperationException($"Person: {added.Result}"));
        }

        SavedQueue queue = await console.Get<SaveQueue>().RunAsync(
            Caller.System, new QueueSettings(null, "Benchmark", "benchmark", PinnedPolicies: [PolicyId]), CancellationToken.None);
        await console.Get<SetQueueAccess>().RunAsync(
            Caller.System, queue.Id ?? throw new InvalidOperationException($"Queue: {queue.Outcome}"), [.. people.Select(person => person.Id)], [], CancellationToken.None);
        await SendCasesAsync(console, cases);
        return new DeskWorld { Moderators = people };
    }

    /// <summary>The post of a number as it is sent.</summary>
    public static object Post(int number) => new
    {
        id = $"post-{number}",
        typeId = "post",
        data = new { text = TextOf(number), author = new { id = $"author-{number % 997}", typeId = "account" } },
    };

    // Unlike each other: near copies would be judged together, and a stack is not what is measured.
    private static string TextOf(int number)
    {
        Random random = new(number);
        return string.Join(' ', Enumerable.Range(0, 110).Select(_ => $"{s_syllables[random.Next(s_syllables.Length)]}{s_syllables[random.Next(s_syllables.Length)]}").Prepend($"{number}"));
    }

    private static async Task MakeRulesAsync(BenchmarkConsole console)
    {
        await SaveTypeAsync(console, new ItemTypeDraft("account", "Account", ItemKind.User, [new ItemField("display_name", FieldType.String)]));
        await SaveTypeAsync(console, new ItemTypeDraft("post", "Post", ItemKind.Content,
        [
            new ItemField("text", FieldType.String, Required: true),
            new ItemField("author", FieldType.UserId, Role: FieldRole.Creator),
        ]));
        await console.Get<WritePath>().RunAsync(
            (scope, _) =>
            {
                scope.Db.Add(new Policy { Id = PolicyId, Code = "1.1", Name = "Benchmark", Severity = Severity.Medium });
                scope.Db.Add(new PolicyVersion { PolicyId = PolicyId, Number = 1, Code = "1.1", Name = "Benchmark", Text = Words, Severity = Severity.Medium, EffectiveFrom = scope.Now });
                scope.Db.Add(new ActionDefinition { Id = ActionId, Name = "Remove the post" });
                return Task.FromResult(true);
            },
            CancellationToken.None);
    }

    private static async Task SaveTypeAsync(BenchmarkConsole console, ItemTypeDraft type)
    {
        SavedItemType saved = await console.Get<SaveItemType>().RunAsync(Caller.System, type, CancellationToken.None);
        if (saved.Outcome != SaveItemTypeOutcome.Saved)
        {
            throw new InvalidOperationException($"Item type {type.Id}: {saved.Outcome}. The database must be empty.");
        }
    }

    private static async Task SendCasesAsync(BenchmarkConsole console, int cases)
    {
        for (int sent = 0; sent < cases; sent += AcceptItems.MaxBatch)
        {
            ItemSubmission[] batch = [.. Enumerable.Range(sent, Math.Min(AcceptItems.MaxBatch, cases - sent)).Select(i => new ItemSubmission(JsonSerializer.SerializeToElement(Post(i))))];
            ItemsOutcome outcome = await console.Get<AcceptItems>().RunAsync(Caller.System, batch, CaseSource.Item, null, CancellationToken.None);
            if (outcome.Answer != IntakeAnswer.Accepted)
            {
                throw new InvalidOperationException($"Items: {outcome.Problems[0].Code} {outcome.Problems[0].Detail}");
            }
        }
    }
}
