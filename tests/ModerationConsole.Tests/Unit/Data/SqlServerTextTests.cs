using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Data;

/// <summary>What can be known of the statements for SQL Server without one.</summary>
public sealed partial class SqlServerTextTests
{
    private const string Core = "src/ModerationConsole.Core/";

    /// <summary>
    /// Every file that talks to a database by hand. A new one belongs here once a test runs its statements on each database:
    /// the classes that take an <see cref="IDatabaseServer"/>.
    /// </summary>
    private static readonly string[] s_byHand =
    [
        "Audit/Sealing/SealStatements.cs", "Audit/Verification/LeafChunk.cs", "Audit/Verification/VerifyAudit.cs", "Cases/TextSearches.cs",
        "Data/MigrateDatabase.cs", "Data/Nodes/ServerClock.cs", "Data/Nodes/WatchDatabase.cs", "Data/PassLocked.cs", "Data/PooledIsolation.cs", "Data/SqliteFile.cs", "Data/SqlitePragmas.cs",
        "Data/Writing/RowTable.cs", "Data/Writing/RowWriter.cs", "Data/Writing/WriteGroup.cs", "Data/Writing/WriteReceipts.cs", "Demo/ClearDemo.cs", "Live/OutboxGaps.cs", "Live/OutboxListener.cs",
        "Queues/ClaimLane.cs", "Retention/RetentionPass.cs",
    ];

    [Fact]
    public void Script_OfAllMigrations_KeepsToPlainStatements() => Sources.None(NotPlain("script", Script().Split('\n')));

    [Fact]
    public void Statement_ByHand_StandsInAKnownFileAndIsPlain()
    {
        string[] files =
        [
            .. Sources.Below(Core, ".cs").Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
                .Where(path => Sources.Lines(path).Any(line => ByHand().IsMatch(line))).Select(path => path[Core.Length..]).Order(StringComparer.Ordinal),
        ];

        Assert.Equal(s_byHand.Order(StringComparer.Ordinal), files);
        Sources.None(files.SelectMany(file => NotPlain(file, Sources.Lines(Core + file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))));
    }

    /// <summary>
    /// What was made later has the higher id, but to SQL Server, which compares the last bytes first. So an id says nothing of time;
    /// these only want an order, whichever: of a walk in pages, of what one decision ordered, after another order.
    /// </summary>
    [Fact]
    public void Order_ByAnIdThatCountsNothing_IsAskedForWhereAnyWillDo() => Assert.Equal(
        [
            "Cases/Keeping/MediaClasses.cs", "Decisions/Bulk/BulkReturn.cs", "Decisions/DecisionCorrecting.cs", "Decisions/PutBack.cs", "Decisions/ReverseDecision.cs",
            "Enforcement/DeliveryDesk.cs", "Enforcement/ListActions.cs", "Escalations/Emergencies/AlertDesk.cs", "Policies/ReadPolicyTree.cs",
            "Quality/Golden/GoldenGiving.cs", "Quality/Results/ListToExplain.cs", "Quality/Trials/TrialSampling.cs",
        ],
        Sources.Below(Core, ".cs").Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(path => Sources.Lines(path).Any(line => ById().IsMatch(line))).Select(path => path[Core.Length..]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("MERGE INTO t USING s ON 1 = 1")]
    [InlineData("ALTER TABLE t SET (SYSTEM_VERSIONING = ON)")]
    [InlineData("PERIOD FOR SYSTEM_TIME (a, b)")]
    [InlineData("[Data] json NOT NULL")]
    [InlineData("SELECT JSON_VALUE(a, '$.b')")]
    [InlineData("SELECT value FROM OPENJSON(@p)")]
    [InlineData("REFERENCES [t] ([Id]) ON DELETE CASCADE")]
    [InlineData("REFERENCES [t] ([Id]) ON UPDATE SET NULL")]
    [InlineData("SELECT * FROM t WITH (NOLOCK)")]
    public void Statement_ThatIsNotPlain_IsFound(string statement) => Assert.NotEmpty(NotPlain("here", [statement]));

    [Fact]
    public void Claim_PassesLockedRowsByWhicheverWayTheServerReads()
    {
        string[] hints = Hints().Match(ClaimLane.SqlServer).Groups[1].Value.Split(", ");

        // READPAST is refused in READ COMMITTED with row versions unless locks are asked for by name.
        Assert.Equal(["READCOMMITTEDLOCK", "READPAST", "ROWLOCK", "UPDLOCK"], hints.Order(StringComparer.Ordinal));
        Assert.Equal(hints, Hints().Match(ClaimLane.SqlServerLock).Groups[1].Value.Split(", "));
        Assert.Equal(System.Data.IsolationLevel.ReadCommitted, ClaimLane.Lane.Isolation);
        Assert.Contains("queue_access WITH (TABLOCK, HOLDLOCK)", ClaimLane.Lane.SqlServerFirst, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_ReadBesideWriters_AreAskedForWithTheHint()
    {
        using ConsoleDbContext db = Context();

        string sql = db.Unlocked<Core.Live.OutboxEvent>().Where(row => row.Sequence > 5).OrderBy(row => row.Sequence).Take(7).ToQueryString();

        Assert.Contains("FROM [outbox] WITH (READPAST, READCOMMITTEDLOCK)", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfAnyTable_FitsTheServersLimit()
    {
        using ConsoleDbContext db = Context();
        IRelationalModel model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();

        Sources.None(
            from table in model.Tables
            let key = table.PrimaryKey!
            let most = key.MappedKeys.First().IsClustered() == false ? 1_700 : 900
            where Bytes(key.Columns) > most
            select $"{key.Name}: {Bytes(key.Columns)} bytes of at most {most}");
        Sources.None(
            from table in model.Tables
            from index in table.Indexes
            where Bytes(index.Columns) > 1_700
            select $"{index.Name}: {Bytes(index.Columns)} bytes of at most 1700");
    }

    [Fact]
    public void Text_OfUpToALine_ComparesExactlyAndSoDoesWhatItRefersTo()
    {
        using ConsoleDbContext db = Context();
        IRelationalModel model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        IColumn[] texts = [.. model.Tables.SelectMany(table => table.Columns).Where(column => column.StoreType.StartsWith("nvarchar", StringComparison.Ordinal))];

        Sources.None(texts.Where(column => Length(column) <= TextLength.Line && column.Collation != SqlServerConsoleContext.Exact).Select(Name));
        Sources.None(texts.Where(column => (Length(column) is null or > TextLength.Line) && column.Collation is not null).Select(Name));
        Sources.None(
            from table in model.Tables
            from key in table.ForeignKeyConstraints
            from pair in key.Columns.Zip(key.PrincipalColumns)
            where pair.First.Collation != pair.Second.Collation || pair.First.StoreType != pair.Second.StoreType
            select $"{key.Name}: {Name(pair.First)} is not as {Name(pair.Second)}");
        Sources.None(
            from table in model.Tables
            from index in table.Indexes
            from column in index.Columns
            where column.StoreType.StartsWith("nvarchar", StringComparison.Ordinal) && column.Collation is null
            select $"{index.Name}: {Name(column)} compares as the server likes");
        Assert.Contains("item_version.ItemId", texts.Where(column => column.Collation is not null).Select(Name));
        Assert.Contains("case.State", texts.Where(column => column.Collation is not null).Select(Name));
    }

    [Fact]
    public void Migrations_InOrder_AskForNothingThatTheServerRefusesAndEndAtTheModel()
    {
        using ConsoleDbContext db = Context();
        IMigrationsAssembly migrations = db.GetService<IMigrationsAssembly>();
        SqlServerCatalog catalog = new();

        foreach ((string id, System.Reflection.TypeInfo type) in migrations.Migrations)
        {
            catalog.Apply(id, migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations);
        }

        Sources.None(catalog.Refused);
        Sources.None(catalog.Differences(db.GetService<IDesignTimeModel>().Model.GetRelationalModel()));
    }

    private static string Name(IColumn column) => $"{column.Table.Name}.{column.Name}";

    private static int? Length(IColumn column) => column.PropertyMappings is [var mapping, ..] ? mapping.Property.GetMaxLength() : null;

    private static int Bytes(IEnumerable<IColumn> columns) => columns.Sum(column => column.StoreType switch
    {
        "uniqueidentifier" => 16,
        "bigint" or "float" or "datetime2" => 8,
        "int" or "date" => 4,
        "bit" => 1,
        string type when Bounded().Match(type) is { Success: true } bounded =>
            (bounded.Groups[1].Value == "nvarchar" ? 2 : 1) * int.Parse(bounded.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
        string type => throw new InvalidOperationException($"{type} in the key of {column.Table.Name}"),
    });

    private static IEnumerable<string> NotPlain(string where, IEnumerable<string> lines) =>
        lines.Where(line => Forbidden().IsMatch(line)).Select(line => $"{where}: {line.Trim()}");

    private static string Script()
    {
        using ConsoleDbContext db = Context();
        return db.GetService<IMigrator>().GenerateScript();
    }

    private static SqlServerConsoleContext Context() =>
        ((IDesignTimeDbContextFactory<SqlServerConsoleContext>)new DesignTimeContexts()).CreateDbContext([]);

    [GeneratedRegex(@"SqlRaw|SqlQuery|ExecuteSql|FromSql|CommandText|NpgsqlCommand")]
    private static partial Regex ByHand();

    // Words of statements stand in capitals here; json is a type's name.
    [GeneratedRegex(@"\bMERGE\b|SYSTEM_VERSIONING|SYSTEM_TIME|\bjson\b|\bJSON_|\bOPENJSON\b|ON (DELETE|UPDATE) (CASCADE|SET)|\bNOLOCK\b|READUNCOMMITTED")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"(Order|Then)By(Descending)?\(\w+ => \w+\.Id\)")]
    private static partial Regex ById();

    [GeneratedRegex(@"WITH \(([^)]*)\)")]
    private static partial Regex Hints();

    [GeneratedRegex(@"^(nvarchar|varbinary|varchar)\((\d+)\)$")]
    private static partial Regex Bounded();
}
