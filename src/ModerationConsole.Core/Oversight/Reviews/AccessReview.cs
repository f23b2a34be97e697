using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Oversight.Reviews;

/// <summary>What became of one line of a review.</summary>
public enum ReviewLineState
{
    /// <summary>Nobody has answered yet.</summary>
    Waiting,

    /// <summary>Someone said that it is still needed.</summary>
    Attested,

    /// <summary>Someone said that it is not, and it was taken.</summary>
    Withdrawn,

    /// <summary>Nobody answered until the review was due, and it was taken.</summary>
    Expired,

    /// <summary>Nobody answered; it stays, because it is the last administrator's.</summary>
    Kept,

    /// <summary>It was gone before anyone answered.</summary>
    Gone,
}

/// <summary>A round in which it is asked of everything that people and programs may do whether they still need it.</summary>
public sealed class AccessReview : IVersioned
{
    /// <summary>Counts reviews. The key: two that are begun at once are one.</summary>
    public int Number { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Who began it; null where the settings did.</summary>
    public Guid? StartedBy { get; init; }

    /// <summary>From when on what nobody attested is taken, UTC.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When its last line was answered or expired, UTC; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>One role of a person, one permission given to them, or one key of a program.</summary>
public sealed class ReviewLine : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The review.</summary>
    public int Review { get; init; }

    /// <summary>Whose; null for a key.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The role, where it is one.</summary>
    public Guid? RoleId { get; init; }

    /// <summary>The permission, where one was given to the person.</summary>
    public Permission? Permission { get; init; }

    /// <summary>The key, where it is one.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>What became of it.</summary>
    public ReviewLineState State { get; set; }

    /// <summary>Who answered; null where nobody did.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>When it was answered or expired, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class AccessReviewConfiguration : IEntityTypeConfiguration<AccessReview>, IEntityTypeConfiguration<ReviewLine>
{
    public void Configure(EntityTypeBuilder<AccessReview> builder)
    {
        builder.ToTable("access_review");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.StartedBy);
    }

    public void Configure(EntityTypeBuilder<ReviewLine> builder)
    {
        builder.ToTable("access_review_line");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Review, row.State });
        builder.HasOne<AccessReview>().WithMany().HasForeignKey(row => row.Review);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.AnsweredBy);
        builder.HasOne<IdentityRole<Guid>>().WithMany().HasForeignKey(row => row.RoleId);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(row => row.KeyId);
    }
}
