using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Unit.Data;

/// <summary>What must hold of the model on each provider, none of which has to run for it.</summary>
public sealed class ModelTests
{
    public static TheoryData<DatabaseProvider> Providers => [.. Enum.GetValues<DatabaseProvider>()];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Model_BesideItsMigrations_HasNoPendingChange(DatabaseProvider provider)
    {
        using ConsoleDbContext db = Context(provider);

        Assert.False(db.Database.HasPendingModelChanges(), $"The model of {provider} has changes without a migration.");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Relationship_OfAnyKind_NeverCascades(DatabaseProvider provider)
    {
        using ConsoleDbContext db = Context(provider);
        IForeignKey[] keys = [.. db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys())];

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Equal(DeleteBehavior.Restrict, key.DeleteBehavior));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "CREATE TRIGGER tr_audit_entry_update BEFORE UPDATE ON audit_entry")]
    [InlineData(DatabaseProvider.SqlServer, "CREATE TRIGGER tr_audit_entry_change ON [audit_entry] INSTEAD OF UPDATE, DELETE")]
    [InlineData(DatabaseProvider.PostgreSql, "CREATE TRIGGER tr_audit_entry_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry")]
    public void Script_OfAllMigrations_GuardsTheAudit(DatabaseProvider provider, string trigger)
    {
        using ConsoleDbContext db = Context(provider);

        string script = db.GetService<IMigrator>().GenerateScript();

        Assert.Contains(trigger, script, StringComparison.Ordinal);
        Assert.Contains("AspNetUserPasskeys", script, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Text_InAnyColumn_IsBounded(DatabaseProvider provider)
    {
        using ConsoleDbContext db = Context(provider);

        string[] unbounded =
        [
            .. db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(type => !type.IsMappedToJson())
                .SelectMany(type => type.GetProperties())
                .Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is null)
                .Select(property => $"{property.DeclaringType.DisplayName()}.{property.Name}"),
        ];

        Assert.Empty(unbounded);
    }

    private static ConsoleDbContext Context(DatabaseProvider provider)
    {
        DesignTimeContexts contexts = new();
        return provider switch
        {
            DatabaseProvider.Sqlite => ((IDesignTimeDbContextFactory<SqliteConsoleContext>)contexts).CreateDbContext([]),
            DatabaseProvider.SqlServer => ((IDesignTimeDbContextFactory<SqlServerConsoleContext>)contexts).CreateDbContext([]),
            DatabaseProvider.PostgreSql => ((IDesignTimeDbContextFactory<PostgresConsoleContext>)contexts).CreateDbContext([]),
        };
    }
}
