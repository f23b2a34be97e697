using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Benchmarks.Quality;

/// <summary>
/// Decisions over four weeks and the samples drawn of them: one of each is made by the entities of the core and copied by the
/// database, with other ids, times, verdicts and people.
/// </summary>
internal sealed class QualityFill(BenchmarkConsole console, BenchDatabase database, int decisions, int samples)
{
    public const int People = 200;
    public const int Policies = 20;
    public const int Strata = 5;
    public const int Days = 28;

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly Guid[] _people = [.. Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7())];
    private readonly Guid _plan = Guid.CreateVersion7();
    private readonly Guid[] _strata = [.. Enumerable.Range(0, Strata).Select(_ => Guid.CreateVersion7())];
    private readonly CaseQueue _queue = new() { Name = "General", Slug = "general" };

    private CopySql Sql => new(database.Provider, _now.AddDays(-Days), TimeSpan.FromDays(Days) / decisions);

    public async Task RunAsync()
    {
        await console.Get<WritePath>().RunAsync((scope, _) => Task.FromResult(Models(scope.Db)), CancellationToken.None);
        await using (DbConnection connection = await database.OpenAsync())
        {
            // Nothing stands behind most of what is copied: the keys that say so are not asked.
            await connection.ExecuteAsync(database.Provider == DatabaseProvider.PostgreSql ? "SET session_replication_role = replica" : "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -300000");
            string all = Sql.Numbers(1, decisions);
            await Sql.CopyAsync(connection, "\"case\"", all, new() { ["Number"] = "n", ["Id"] = Sql.Id("n"), ["ItemVersionId"] = Sql.Id("n"), ["OpenedAt"] = Sql.Time("n"), ["LastEvidenceAt"] = Sql.Time("n"), ["Sensitivity"] = "CASE WHEN n % 100 = 3 OR n % 50000 = 0 THEN 'ChildSafety' ELSE 'Ordinary' END" });
            await Sql.CopyAsync(connection, "decision", all, Decision("n", "n", "n"));
            // A second judgement of each sample and a third of some.
            string drawn = Sql.Numbers(1, samples);
            await Sql.CopyAsync(connection, "decision", drawn, Decision($"n + {decisions}", Decided, "n"));
            await Sql.CopyAsync(connection, "decision", $"{drawn} WHERE {Adjudicated}", Decision($"n + {decisions + samples}", Decided, "n + 1"));
            await Sql.CopyAsync(connection, "quality_sample", drawn, Sample());
            if (database.Provider == DatabaseProvider.PostgreSql)
            {
                await connection.ExecuteAsync("ANALYZE");
            }
        }

        for (int day = 0; day < Days; day++)
        {
            int back = day;
            await console.Get<WritePath>().RunAsync((scope, _) => Task.FromResult(Count(scope.Db, DateOnly.FromDateTime(_now.UtcDateTime).AddDays(-back))), CancellationToken.None);
        }

        await console.Get<WritePath>().RunAsync((scope, token) => DisputeAsync(scope, token), CancellationToken.None);
    }

    // Of every so many decisions one is drawn.
    private string Decided => string.Create(CultureInfo.InvariantCulture, $"n * {decisions / samples}");

    private static string Adjudicated => "(n % 17 = 0 OR n % 53 = 0)";

    private static string Violation(string of) => $"(({of}) * 7919) % 10 < 4";

    private static string Policy(string of) => $"CASE WHEN {Violation(of)} THEN 'pol_' || ((({of}) * 104729) % {Policies}) END";

    private bool Models(ConsoleDbContext db)
    {
        foreach (Guid id in _people)
        {
            string name = $"person-{id:N}";
            db.Users.Add(new IdentityUser<Guid>(name) { Id = id, NormalizedUserName = name });
            db.Add(new Moderator { Id = id, DisplayName = name, Pseudonym = name, AddedAt = _now });
        }

        for (int place = 0; place < Policies; place++)
        {
            db.Add(new Policy { Id = $"pol_{place}", Code = $"{1 + (place / 5)}.{1 + (place % 5)}", Name = $"Policy {place}", Severity = (Severity)(1 + (place % 4)) });
        }

        db.Add(_queue);
        SamplingPlan plan = new() { Id = _plan, Name = "Everything", RandomRate = 0.05, Salt = $"{Guid.NewGuid()}", MadeBy = _people[0], MadeAt = _now };
        plan.Activate(_now.AddDays(-Days));
        db.Add(plan);
        db.AddRange(_strata.Select((id, place) => new SamplingStratum { Id = id, PlanId = _plan, Position = place, Name = $"Stratum {place}", Rate = 0.1 }));
        ItemVersion item = new() { TypeId = "post", ItemId = "model", ContentHash = new byte[32] };
        Case about = new() { Number = decisions + 1L, ItemVersionId = item.Id, Language = "en", OpenedAt = _now, LastEvidenceAt = _now };
        ReviewTask task = ReviewTask.Create(about.Number, 1, TaskKind.Qa, _queue.Id, 50, Instant.Never, _now);
        db.AddRange(new ItemType { Id = "post", Name = "Post" }, item, about);
        db.SaveChanges();
        db.Add(task);
        db.SaveChanges();
        // As much text as a decision with its snapshot has.
        Decision decision = new()
        {
            CaseNumber = about.Number, CaseVersion = 1, TaskNumber = task.Number, DeciderId = _people[0], DecidedAt = _now.AddDays(-Days - 1), UndoUntil = _now.AddDays(-Days - 1),
            InternalNote = new string('n', 80), Snapshot = $"{{\"text\":\"{new string('s', 600)}\"}}",
        };
        db.Add(decision);
        db.Add(new QualitySample
        {
            DecisionId = decision.Id, CaseNumber = about.Number, PlanId = _plan, Rate = 0.05, DrawnAt = _now.AddDays(-Days - 1), DecidedAt = _now.AddDays(-Days - 1),
            DeciderId = _people[0], QueueId = _queue.Id, TaskNumber = task.Number, Language = "en", Severity = Severity.Medium,
        });
        return true;
    }

    private Dictionary<string, string> Decision(string id, string decided, string found) => new()
    {
        ["Id"] = Sql.Id(id), ["CaseNumber"] = decided, ["DecidedAt"] = Sql.Time(decided), ["UndoUntil"] = Sql.Time(decided), ["DeciderId"] = Sql.OneOf(decided, _people),
        ["Verdict"] = $"CASE WHEN {Violation(found)} THEN 'Violation' ELSE 'Allow' END", ["PolicyId"] = Policy(found),
    };

    private Dictionary<string, string> Sample() => new()
    {
        ["Id"] = Sql.Id("n"), ["DecisionId"] = Sql.Id(Decided), ["CaseNumber"] = Decided, ["DecidedAt"] = Sql.Time(Decided), ["DrawnAt"] = Sql.Time(Decided),
        ["DeciderId"] = Sql.OneOf("n * 13", _people), ["TaskNumber"] = $"n + {decisions}", ["StratumId"] = $"CASE WHEN n % 6 > 0 THEN {Sql.OneOf("(n % 6) - 1", _strata)} END",
        ["Rate"] = "CASE WHEN n % 6 > 0 THEN 0.1 ELSE 0.05 END", ["Random"] = "(n % 6 = 0 OR (n * 31) % 2 = 0)",
        ["Verdict"] = $"CASE WHEN {Violation("n")} THEN 'Violation' ELSE 'Allow' END", ["PolicyId"] = Policy("n"),
        ["Weight"] = $"CASE WHEN {Violation("n")} THEN 1 + ((n * 104729) % {Policies}) % 4 ELSE 1 END",
        ["Language"] = "CASE n % 4 WHEN 0 THEN 'de' WHEN 1 THEN 'fr' WHEN 2 THEN 'tr' ELSE 'en' END",
        ["State"] = "CASE WHEN n % 40 = 7 THEN 'Waiting' ELSE 'Settled' END", ["Scored"] = "(n % 40 <> 7 AND n % 200 <> 9)",
        ["Wrong"] = "CASE WHEN n % 40 = 7 THEN NULL ELSE (n % 17 = 0) END", ["ReviewId"] = Sql.Id($"n + {decisions}"),
        ["AdjudicationId"] = $"CASE WHEN {Adjudicated} THEN {Sql.Id($"n + {decisions + samples}")} END",
        ["RightVerdict"] = $"CASE WHEN n % 17 = 0 THEN CASE WHEN {Violation("n + 1")} THEN 'Violation' ELSE 'Allow' END END",
        ["RightPolicyId"] = $"CASE WHEN n % 17 = 0 THEN {Policy("n + 1")} END",
        ["Error"] = "CASE WHEN n % 17 = 0 THEN CASE n % 3 WHEN 0 THEN 'FalsePositive' WHEN 1 THEN 'FalseNegative' ELSE 'WrongPolicyOrAction' END END",
        ["Cause"] = "CASE WHEN n % 17 = 0 THEN CASE n % 2 WHEN 0 THEN 'Slip' ELSE 'Knowledge' END END",
    };

    private bool Count(ConsoleDbContext db, DateOnly day)
    {
        int each = decisions / Days / (Strata + 1);
        (PopulationBy By, string Key, int Decisions)[] parts =
        [
            (PopulationBy.All, "", each), (PopulationBy.Queue, $"{_queue.Id}", each), (PopulationBy.Policy, "", each * 6 / 10),
            .. Enumerable.Range(0, Policies).Select(place => (PopulationBy.Policy, $"pol_{place}", each * 4 / 10 / Policies)),
            .. _people.Select(id => (PopulationBy.Decider, $"{id}", each / People)),
            .. ((string[])["de", "fr", "tr", "en"]).Select(tag => (PopulationBy.Language, tag, each / 4)),
        ];
        db.AddRange(
            from stratum in _strata.Append(Guid.Empty)
            from part in parts
            select new PopulationCount { PlanId = _plan, StratumId = stratum, Day = day, By = part.By, Key = part.Key, Decisions = part.Decisions });
        return true;
    }

    private async Task<bool> DisputeAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        List<QualitySample> wrong = await scope.Db.Set<QualitySample>().AsNoTracking().Where(row => row.Wrong == true).OrderBy(row => row.Id).Take(500).ToListAsync(cancellationToken);
        foreach ((QualitySample sample, int place) in wrong.Select((sample, place) => (sample, place)))
        {
            Dispute dispute = new() { SampleId = sample.Id, PersonId = _people[place % People], Text = "No.", OpenedAt = _now };
            dispute.Decide(place % 4 == 0 ? DisputeState.Overturned : DisputeState.Upheld, _people[0], "Because.", _now);
            scope.Db.Add(dispute);
        }

        return true;
    }
}
