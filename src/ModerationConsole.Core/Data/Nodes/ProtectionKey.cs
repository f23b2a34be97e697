using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>A key that cookies and forms are protected with, shared by all nodes of the database. Its text is the framework's own.</summary>
public sealed class ProtectionKey
{
    /// <summary>Order of making.</summary>
    public long Number { get; init; }

    /// <summary>The framework's name for it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The key, encrypted where a certificate is configured.</summary>
    public string Xml { get; init; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>
/// Keeps those keys. The framework asks for them in the middle of a request and cannot wait, so this is the one place that works
/// with the database without the write path: a row is added now and then, and none is ever changed.
/// </summary>
public sealed class ProtectionKeys(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider clock)
{
    /// <summary>All keys, oldest first.</summary>
    public IReadOnlyList<string> All()
    {
        using ConsoleDbContext db = contexts.CreateDbContext();
        return [.. db.Set<ProtectionKey>().OrderBy(row => row.Number).Select(row => row.Xml)];
    }

    /// <summary>Adds a key.</summary>
    public void Add(string name, string xml)
    {
        using ConsoleDbContext db = contexts.CreateDbContext();
        db.Add(new ProtectionKey { Name = name, Xml = xml, At = clock.Now() });
        db.SaveChanges();
    }
}

internal sealed class ProtectionKeyConfiguration : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.ToTable("protection_key");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Xml).HasMaxLength(TextLength.Text);
    }
}
