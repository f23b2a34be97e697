using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Glass;

/// <summary>Someone took a standing role for a while, because nobody who has it was there. Reviewed afterwards by someone else.</summary>
public sealed class GlassBreak : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Which of theirs it is. Part of the key: two that are taken at once are one.</summary>
    public int Ordinal { get; init; }

    /// <summary>The standing role whose permissions they have meanwhile.</summary>
    public string Role { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>From when on, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Until when at most, UTC.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was over, UTC: by the person, or once its time was.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When it was reviewed, UTC.</summary>
    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>Who reviewed it.</summary>
    public Guid? ReviewedBy { get; private set; }

    /// <summary>What they found.</summary>
    public string? Note { get; private set; }

    /// <inheritdoc />
    public long Version { get; set; }

    /// <summary>Whether it counts at this time.</summary>
    public bool IsOn(DateTimeOffset now) => EndedAt is null && EndsAt > now;

    /// <summary>It was reviewed, by someone else and once it was over.</summary>
    public void Review(Guid by, string note, DateTimeOffset now)
    {
        if (ReviewedAt is not null || by == PersonId || IsOn(now))
        {
            throw new DomainRuleException("glass.not-reviewable");
        }

        (ReviewedAt, ReviewedBy, Note) = (now, by, note);
    }
}

/// <summary>Which roles people took for a while.</summary>
internal static class GlassRoles
{
    /// <summary>What a person took and still has.</summary>
    public static IQueryable<GlassBreak> GlassOf(this ConsoleDbContext db, Guid personId, DateTimeOffset now) =>
        db.Set<GlassBreak>().Where(row => row.PersonId == personId && row.EndedAt == null && row.EndsAt > now);
}

internal sealed class GlassBreakConfiguration : IEntityTypeConfiguration<GlassBreak>
{
    public void Configure(EntityTypeBuilder<GlassBreak> builder)
    {
        builder.ToTable("glass_break");
        builder.HasKey(row => new { row.PersonId, row.Ordinal });
        builder.HasIndex(row => row.Id);
        builder.HasIndex(row => new { row.ReviewedAt, row.StartedAt });
        builder.Property(row => row.Role).HasMaxLength(TextLength.Id);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.ReviewedBy);
    }
}
