"""What the desk keeps of its own: that this installation is a demonstration."""

from datetime import timedelta

from django.db import models

from timekeeping import clock


class DemoCity(models.Model):
    """The one row that says: everything here is invented, and by how much the product's clock runs behind the real one."""

    anchor = models.DateField("演示日期")
    offset_days = models.IntegerField("与真实日期相差天数", default=0)
    made_at = models.DateTimeField("建立时间", default=clock.wall)

    class Meta:
        verbose_name = "演示数据"
        verbose_name_plural = verbose_name
        constraints = [models.CheckConstraint(name="demo_city_only_one", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"演示数据 {self.anchor}"

    @property
    def offset(self) -> timedelta:
        """What is added to the real time; zero when the city was played up to the real date."""
        return timedelta(days=self.offset_days)
