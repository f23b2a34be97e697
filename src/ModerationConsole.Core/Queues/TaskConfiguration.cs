using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

internal sealed class TaskConfiguration :
    IEntityTypeConfiguration<ReviewTask>, IEntityTypeConfiguration<ActiveLease>, IEntityTypeConfiguration<LeaseRecord>,
    IEntityTypeConfiguration<WaitingTask>, IEntityTypeConfiguration<TaskExclusion>, IEntityTypeConfiguration<StrandedTask>,
    IEntityTypeConfiguration<TaskReservation>
{
    public void Configure(EntityTypeBuilder<ReviewTask> builder)
    {
        builder.ToTable("review_task");
        builder.HasKey(row => row.Number);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.HasIndex(row => new { row.CaseNumber, row.CaseVersion });
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<CaseQueue>().WithMany().HasForeignKey(row => row.QueueId);
    }

    public void Configure(EntityTypeBuilder<ActiveLease> builder)
    {
        builder.ToTable("active_lease");
        builder.HasKey(row => row.TaskNumber);
        builder.Property(row => row.TaskNumber).ValueGeneratedNever();
        builder.HasIndex(row => row.ExclusiveKey).IsUnique();
        builder.HasIndex(row => new { row.PersonId, row.Slot, row.StackPlace }).IsUnique();
        builder.HasIndex(row => row.StackOf);
        builder.HasIndex(row => row.ExpiresAt);
        builder.HasOne<ReviewTask>().WithOne().HasForeignKey<ActiveLease>(row => row.TaskNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<LeaseRecord> builder)
    {
        builder.ToTable("lease_record");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.TaskNumber);
        builder.HasIndex(row => new { row.PersonId, row.EndedAt });
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
    }

    public void Configure(EntityTypeBuilder<WaitingTask> builder)
    {
        builder.ToTable("waiting_task");
        builder.HasKey(row => row.TaskNumber);
        builder.Property(row => row.TaskNumber).ValueGeneratedNever();
        builder.Property(row => row.Language).HasMaxLength(35);
        builder.HasIndex(row => new { row.QueueId, row.Priority, row.DueAt, row.TaskNumber }).IsDescending(false, true, false, false);
        builder.HasOne<ReviewTask>().WithOne().HasForeignKey<WaitingTask>(row => row.TaskNumber);
    }

    public void Configure(EntityTypeBuilder<TaskExclusion> builder)
    {
        builder.ToTable("task_exclusion");
        builder.HasKey(row => new { row.TaskNumber, row.PersonId });
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<TaskReservation> builder)
    {
        builder.ToTable("task_reservation");
        builder.HasKey(row => row.TaskNumber);
        builder.Property(row => row.TaskNumber).ValueGeneratedNever();
        builder.HasIndex(row => row.PersonId);
        builder.HasIndex(row => row.Until);
        builder.HasOne<ReviewTask>().WithOne().HasForeignKey<TaskReservation>(row => row.TaskNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<StrandedTask> builder)
    {
        builder.ToTable("stranded_task");
        builder.HasKey(row => row.TaskNumber);
        builder.Property(row => row.TaskNumber).ValueGeneratedNever();
        builder.HasIndex(row => row.QueueId);
        builder.HasOne<ReviewTask>().WithOne().HasForeignKey<StrandedTask>(row => row.TaskNumber);
        builder.HasOne<CaseQueue>().WithMany().HasForeignKey(row => row.QueueId);
    }
}
