using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.Core.Data;

/// <summary>The one database. Features bring their own entity configurations; nothing here knows a feature.</summary>
public abstract class ConsoleDbContext(DbContextOptions options)
    : IdentityDbContext<IdentityUser<Guid>, IdentityRole<Guid>, Guid>(options)
{
    // The framework reads the shape of its tables from the program's services. Where there are none, as for the migration
    // tool, it gets these, so that every model is the same.
    private static readonly ServiceProvider s_withoutProgram = new ServiceCollection().Configure<IdentityOptions>(Shape).BuildServiceProvider();

    /// <summary>The shape of the framework's account tables: with passkeys, and with keys short enough for every provider.</summary>
    public static void Shape(IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.Stores.MaxLengthForKeys = 128;
    }

    /// <inheritdoc />
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
        {
            optionsBuilder.UseApplicationServiceProvider(s_withoutProgram);
        }
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ConsoleDbContext).Assembly);

        // SQL Server refuses multiple cascade paths, so nothing cascades anywhere.
        foreach (IMutableForeignKey key in builder.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()))
        {
            key.DeleteBehavior = DeleteBehavior.Restrict;
        }

        foreach (IMutableEntityType type in builder.Model.GetEntityTypes()
            .Where(type => typeof(IVersioned).IsAssignableFrom(type.ClrType)))
        {
            type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
        configurationBuilder.Properties<string>().HaveMaxLength(TextLength.Line);
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RaiseVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RaiseVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(entry => entry.State == EntityState.Modified))
        {
            entry.Entity.Version++;
        }
    }
}

/// <summary>The embedded database: one file, one writer.</summary>
public sealed class SqliteConsoleContext(DbContextOptions<SqliteConsoleContext> options) : ConsoleDbContext(options);

/// <summary>The console on SQL Server.</summary>
public sealed class SqlServerConsoleContext(DbContextOptions<SqlServerConsoleContext> options) : ConsoleDbContext(options)
{
    /// <summary>
    /// How text of up to a line compares: byte for byte, as on the other databases. It holds ids, codes, hashes and names, and a
    /// server's own order mostly takes <c>p-1</c> and <c>P-1</c> for one. Longer text keeps the order of the database.
    /// </summary>
    public const string Exact = "Latin1_General_100_BIN2";

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (IMutableProperty text in builder.Model.GetEntityTypes().Where(type => !type.IsMappedToJson())
            .SelectMany(type => type.GetProperties()).Where(property => property.GetMaxLength() <= TextLength.Line && IsText(property)))
        {
            text.SetCollation(Exact);
        }

        // A clustered key takes 900 bytes there, any other 1,700; the name of a passkey may have 1,023.
        builder.Entity<IdentityUserPasskey<Guid>>().HasKey(passkey => passkey.CredentialId).IsClustered(false);
    }

    private static bool IsText(IMutableProperty property) =>
        (property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType) == typeof(string);
}

/// <summary>The console on PostgreSQL.</summary>
public sealed class PostgresConsoleContext(DbContextOptions<PostgresConsoleContext> options) : ConsoleDbContext(options);
