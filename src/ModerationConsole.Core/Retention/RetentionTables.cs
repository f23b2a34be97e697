using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>How long a class is kept, where someone set it.</summary>
public sealed class RetentionPeriod : IVersioned
{
    /// <summary>Name of the class.</summary>
    public string Class { get; init; } = "";

    /// <summary>Days.</summary>
    public int Days { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>The one row by which nodes agree who runs next: taken for a while, and free again when a node dies.</summary>
public sealed class RetentionTurn : IVersioned
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>Not before this time is it run again, UTC.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>The run under way.</summary>
    public Guid? RunId { get; set; }

    /// <summary>Another node may take over after this time, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>A run over all classes.</summary>
public sealed class RetentionRun
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was through, UTC; null while it runs, and for one that died.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How much was removed of each class, JSON object.</summary>
    public string Counts { get; set; } = "{}";

    /// <summary>The class at which it broke off; null when it went through.</summary>
    public string? BrokeAt { get; set; }
}

/// <summary>Someone said that a case, or all about an account, must be kept.</summary>
public sealed class LegalHold : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case that is held, if it is one.</summary>
    public long? CaseNumber { get; init; }

    /// <summary>Type of the account that is held, if it is one.</summary>
    public string? ActorTypeId { get; init; }

    /// <summary>Id of that account on the platform.</summary>
    public string? ActorId { get; init; }

    /// <summary>Why, for people.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who placed it.</summary>
    public Guid PlacedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>Who lifted it.</summary>
    public Guid? LiftedBy { get; set; }

    /// <summary>When it was lifted, UTC; null while it holds.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>An account of the platform whose data is to be erased.</summary>
public sealed class Erasure : IVersioned
{
    /// <summary>Identity; what the audit names.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Type of the account.</summary>
    public string ActorTypeId { get; init; } = "";

    /// <summary>Id of the account; empty once it is done, because it is data of that person, too.</summary>
    public string ActorId { get; set; } = "";

    /// <summary>Who asked for it.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>When nothing was left, UTC.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>How many items, reports and actions were erased.</summary>
    public int Done { get; set; }

    /// <summary>How many must wait: held, or in cases that are not closed.</summary>
    public int Left { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>Exists only inside the transaction of a batch that deletes append-only rows; the triggers look for it.</summary>
public sealed class RetentionOpening
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }
}

internal sealed class RetentionConfiguration :
    IEntityTypeConfiguration<RetentionPeriod>, IEntityTypeConfiguration<RetentionTurn>, IEntityTypeConfiguration<RetentionRun>,
    IEntityTypeConfiguration<LegalHold>, IEntityTypeConfiguration<Erasure>, IEntityTypeConfiguration<RetentionOpening>
{
    public void Configure(EntityTypeBuilder<RetentionPeriod> builder)
    {
        builder.ToTable("retention_period");
        builder.HasKey(row => row.Class);
        builder.Property(row => row.Class).HasMaxLength(30);
    }

    public void Configure(EntityTypeBuilder<RetentionTurn> builder)
    {
        builder.ToTable("retention_turn");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<RetentionRun> builder)
    {
        builder.ToTable("retention_run");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Counts).HasMaxLength(TextLength.Note);
        builder.Property(row => row.BrokeAt).HasMaxLength(30);
        builder.HasIndex(row => row.StartedAt);
    }

    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.ToTable("legal_hold");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ActorTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ActorId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Reason).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.LiftedAt, row.CaseNumber });
    }

    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("erasure");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ActorTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ActorId).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => row.DoneAt);
    }

    public void Configure(EntityTypeBuilder<RetentionOpening> builder)
    {
        builder.ToTable("retention_opening");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
