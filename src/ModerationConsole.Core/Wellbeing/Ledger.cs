using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>A stretch of time in which a severe case was on a person's screen and the person was active. What it was is not kept.</summary>
public sealed class SevereTime
{
    /// <summary>In the place of a task's number where the case was on the screen without one.</summary>
    public const long NoTask = 0;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The task that was on the screen, or <see cref="NoTask"/>.</summary>
    public long TaskNumber { get; init; }

    /// <summary>Fencing number under which it was; without a task the case's number.</summary>
    public long Fence { get; init; }

    /// <summary>From when, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Until when for certain, UTC.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>Whether it goes on.</summary>
    public bool Open { get; set; }
}

/// <summary>A person's shift as it was worked: from the first case that was drawn after a long pause.</summary>
public sealed class WorkShift
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Their team at that time.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>First case drawn, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Last sign of work, UTC, to a few minutes.</summary>
    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>A break that is over.</summary>
public sealed class PastBreak
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>From when, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Until when, UTC.</summary>
    public DateTimeOffset Until { get; init; }
}

/// <summary>What a person wants to be spared. Read by the router and by themselves.</summary>
public sealed class OwnWishes
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>No severe case before this, UTC.</summary>
    public DateTimeOffset? NoSevereUntil { get; set; }

    /// <summary>Ids of policies whose cases they are not offered, comma separated, sorted.</summary>
    public string OptOuts { get; set; } = "";
}

/// <summary>A voluntary check-in: three answers from 1 to 5.</summary>
public sealed class CheckIn
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The day, in UTC; one a day, the last one counts.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Their team at that time.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>How are you.</summary>
    public int Mood { get; set; }

    /// <summary>Does work stay with you after it.</summary>
    public int Distance { get; set; }

    /// <summary>Could you pause or stop when you needed to.</summary>
    public int Control { get; set; }
}

internal sealed class LedgerConfiguration :
    IEntityTypeConfiguration<SevereTime>, IEntityTypeConfiguration<WorkShift>, IEntityTypeConfiguration<PastBreak>,
    IEntityTypeConfiguration<OwnWishes>, IEntityTypeConfiguration<CheckIn>
{
    public void Configure(EntityTypeBuilder<SevereTime> builder)
    {
        builder.ToTable("wellbeing_severe_time");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.PersonId, row.Until });
        builder.HasIndex(row => new { row.TaskNumber, row.Fence });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<WorkShift> builder)
    {
        builder.ToTable("wellbeing_shift");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.PersonId, row.StartedAt });
        builder.HasIndex(row => new { row.TeamId, row.StartedAt });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<PastBreak> builder)
    {
        builder.ToTable("wellbeing_break");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.PersonId, row.Until });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<OwnWishes> builder)
    {
        builder.ToTable("wellbeing_wishes");
        builder.HasKey(row => row.PersonId);
        builder.Property(row => row.PersonId).ValueGeneratedNever();
        builder.Property(row => row.OptOuts).HasMaxLength(TextLength.Note);
        builder.HasOne<Moderator>().WithOne().HasForeignKey<OwnWishes>(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<CheckIn> builder)
    {
        builder.ToTable("wellbeing_check_in");
        builder.HasKey(row => new { row.PersonId, row.Day });
        builder.HasIndex(row => new { row.TeamId, row.Day });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
